"""Every shipped scenario fires on its positive and stays silent on its near misses, alone and through a delivery."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from core.clock import now
from monitoring.domains.finance import FINANCE
from monitoring.models import Finding
from monitoring.rules.evaluator import outcomes, prepare, schema_of
from monitoring.scenarios.catalogue import shipped_scenarios
from monitoring.scenarios.examples import EXAMPLES, delivery_rows, domain_rows
from monitoring.services import assess_pending, ensure_shipped_scenarios, ingest_transactions
from tests.factories.customers import make_customer
from tests.factories.monitoring import LISTS

DEFINITIONS = {definition.code: definition for definition in shipped_scenarios(LISTS)}
NEAR_MISSES = [(code, name) for code, example in EXAMPLES.items() for name in example.near_misses]


def _outcomes(code, history):
    rows = domain_rows(history, subject="a", end=datetime(2026, 5, 1, 12, tzinfo=UTC))
    checked = DEFINITIONS[code].checked()
    return outcomes(prepare(pl.DataFrame(rows, schema=schema_of(FINANCE)), [checked]), checked)["outcome"].to_list()


def _findings_of_delivery(code, history):
    ensure_shipped_scenarios()
    customer = make_customer()
    end = now() - timedelta(hours=1)
    rows = delivery_rows(history, customer=customer.external_id, end=end, currency="EUR")
    ingest_transactions(rows=rows, source="test", by=customer.registered_by_client.actor)
    assess_pending(customer.pk)
    return Finding.objects.filter(alert__scenario__code=code)


def test_shipped_scenarios_all_have_examples():
    assert set(DEFINITIONS) == set(EXAMPLES)


@pytest.mark.parametrize("code", DEFINITIONS)
def test_shipped_scenario_says_why_and_what_each_parameter_means(code):
    definition = DEFINITIONS[code]
    assert definition.rationale
    assert definition.reference
    assert definition.typology.startswith("T")
    assert all(definition.meanings[name] for name in definition.parameters)


@pytest.mark.parametrize("code", EXAMPLES)
def test_scenario_positive_fires(code):
    assert _outcomes(code, EXAMPLES[code].positive)[-1] == "fired"


@pytest.mark.parametrize(("code", "name"), NEAR_MISSES)
def test_scenario_near_miss_never_fires(code, name):
    assert "fired" not in _outcomes(code, EXAMPLES[code].near_misses[name])


@pytest.mark.django_db
@pytest.mark.parametrize("code", EXAMPLES)
def test_scenario_positive_delivered_becomes_a_finding(code):
    assert _findings_of_delivery(code, EXAMPLES[code].positive).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "name"), NEAR_MISSES)
def test_scenario_near_miss_delivered_becomes_none(code, name):
    assert not _findings_of_delivery(code, EXAMPLES[code].near_misses[name]).exists()
