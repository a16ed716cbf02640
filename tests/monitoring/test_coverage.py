"""Which typologies are covered, and the proof of a scenario, of which nothing stays."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from cases.models import Case
from customers.models import Customer
from monitoring.models import Alert, ScenarioVersion, Transaction
from monitoring.services import draft_scenario, prove_scenario
from tests.factories.accounts import make_person
from tests.factories.monitoring import SYSTEM, make_alert, make_definition, publish

pytestmark = pytest.mark.django_db


def test_coverage_shows_typologies_with_alerts_and_what_is_not_live(client):
    make_alert()
    draft_scenario(definition=make_definition("fan_in"), by=SYSTEM)
    client.force_login(make_person(Role.ADMINISTRATOR))
    rows = {row.name: row for row in client.get(reverse("monitoring:coverage_page")).context["typologies"]}
    assert (rows["fan-in"].is_covered, rows["fan-in"].alerts) == (False, 0)
    assert (rows["high-risk geography"].is_covered, rows["high-risk geography"].alerts) == (True, 1)


@pytest.mark.parametrize("code", ["fan_in", "structuring", "sanctioned_counterparty", "pep_counterparty"])
def test_proof_of_a_draft_fires_on_its_example_alone_and_leaves_nothing(code):
    live = publish(make_definition("velocity"))
    version = draft_scenario(definition=make_definition(code), by=SYSTEM)
    person = make_person(Role.ADMINISTRATOR).actor
    before = AuditEntry.objects.count()
    proof = prove_scenario(version_id=version.pk, by=person)
    assert proof.holds
    assert proof.findings[0].trace
    left = [model.objects.count() for model in (Customer, Transaction, Alert, Case)]
    assert (left, AuditEntry.objects.count()) == ([0, 0, 0, 0], before)
    assert set(ScenarioVersion.objects.values_list("pk", "state")) == {(live.pk, "live"), (version.pk, "draft")}


def test_proof_shows_a_rule_that_no_longer_fires(client):
    version = publish(
        make_definition("structuring", parameters={"threshold": 90000, "near": 0.8, "payments": 3, "window": "7d"})
    )
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.post(reverse("monitoring:scenario_prove", args=[version.scenario_id, 1])).content.decode()
    assert "It did not fire." in page


def test_proof_of_a_scenario_that_no_delivery_can_prove_is_not_found(client):
    version = publish(make_definition("declared_turnover"))
    client.force_login(make_person(Role.ADMINISTRATOR))
    assert client.post(reverse("monitoring:scenario_prove", args=[version.scenario_id, 1])).status_code == 404
