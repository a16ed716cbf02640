"""Every shipped scenario fires on its positive and stays silent on its near misses: as a file, and through a delivery."""

import csv
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from core.clock import now
from monitoring.domains import domain_of
from monitoring.files.frames import event_frame
from monitoring.files.rates import fixed_rates
from monitoring.files.reading import read_events
from monitoring.models import Finding
from monitoring.rules.evaluator import in_order
from monitoring.scenarios.catalogue import shipped_files
from monitoring.scenarios.examples import delivery_rows, file_rows
from monitoring.scoring import score
from monitoring.services import assess_pending, ingest_transactions
from monitoring.warm.frame import WarmFrame
from monitoring.warm.known import known_alerts
from monitoring.warm.trial import firings_of
from tests.factories.customers import make_customer
from tests.factories.monitoring import LISTS, publish

SHIPPED = {item.definition.code: item for domain in ("finance", "pharma") for item in shipped_files(LISTS, domain)}
NEAR_MISSES = [(code, name) for code, item in SHIPPED.items() for name in item.example.near_misses]
# what these deliveries do not carry: the counterparty's screening, what was declared, the segment, other currencies
FILE_ONLY = {"sanctioned_counterparty", "pep_counterparty", "declared_turnover", "peer_deviation", "currency_mix"}
DELIVERED = [
    code for code, item in SHIPPED.items() if item.definition.domain == "finance" and code not in FILE_ONLY
]  # fmt: skip
END = datetime(2026, 5, 1, 12, tzinfo=UTC)


def _frame(code, events, folder):
    """The rows of a file of these events."""
    shipped = SHIPPED[code]
    domain = domain_of(shipped.definition.domain)
    rows = file_rows(events, domain=domain.code, end=END)
    path = folder / "events.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    tables = {name: pl.DataFrame(table) for name, table in shipped.example.tables.items()}
    return event_frame(read_events(path, domain), domain, tables, fixed_rates("EUR")).frame


def _fired(code, events, folder):
    """The lines of a file of these events that fired."""
    return score(_frame(code, events, folder), [SHIPPED[code].definition], base_currency="EUR").fired


def _alerts_of_backtest(code, events, folder):
    """The alerts that a backtest of these events counts."""
    definition = SHIPPED[code].definition
    domain = domain_of(definition.domain)
    rows = in_order(_frame(code, events, folder), domain)
    warm = WarmFrame(domain, rows, known_alerts([]), END + timedelta(days=1))
    rule = definition.checked()
    return len(firings_of(warm, warm.prepared(rule), definition, rule).alerts)


def _findings_of_delivery(code, events):
    publish(SHIPPED[code].definition)
    customer = make_customer()
    others = {f"{customer.external_id}-{event['of']}" for event in events if "of" in event}
    client = customer.registered_by_client
    customers = [customer, *(_named(name, client) for name in sorted(others))]
    end = now().replace(hour=12, minute=0, second=0) - timedelta(days=1)
    rows = delivery_rows(events, customer=customer.external_id, end=end, currency="EUR")
    result = ingest_transactions(rows=rows, source="test", by=client.actor)
    assert not result.rejected
    for each in customers:
        assess_pending(each.pk)
    return Finding.objects.filter(alert__scenario__code=code)


def _named(external_id, client):
    customer = make_customer(client=client)
    customer.external_id = external_id
    customer.save()
    return customer


def test_shipped_scenarios_are_at_least_thirty_and_ten():
    domains = [item.definition.domain for item in SHIPPED.values()]
    assert domains.count("finance") >= 30
    assert domains.count("pharma") >= 10


@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_scenario_says_why_and_what_each_parameter_means(code):
    definition = SHIPPED[code].definition
    assert definition.rationale
    assert definition.reference
    assert definition.typology
    assert len(definition.typology) <= 20
    assert all(definition.meanings[name] for name in definition.parameters)
    assert SHIPPED[code].example.near_misses


@pytest.mark.parametrize("code", SHIPPED)
def test_scenario_positive_fires_in_a_file(code, tmp_path):
    assert _fired(code, SHIPPED[code].example.positive, tmp_path)


@pytest.mark.parametrize(("code", "name"), NEAR_MISSES)
def test_scenario_near_miss_never_fires_in_a_file(code, name, tmp_path):
    assert not _fired(code, SHIPPED[code].example.near_misses[name], tmp_path)


@pytest.mark.parametrize("code", SHIPPED)
def test_backtest_counts_the_positive_and_no_near_miss(code, tmp_path):
    example = SHIPPED[code].example
    assert _alerts_of_backtest(code, example.positive, tmp_path)
    assert not any(_alerts_of_backtest(code, events, tmp_path) for events in example.near_misses.values())


@pytest.mark.django_db
@pytest.mark.parametrize("code", DELIVERED)
def test_scenario_positive_delivered_becomes_a_finding(code):
    assert _findings_of_delivery(code, SHIPPED[code].example.positive).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", DELIVERED)
def test_scenario_near_miss_delivered_becomes_none(code):
    miss = next(iter(SHIPPED[code].example.near_misses.values()))
    assert not _findings_of_delivery(code, miss).exists()
