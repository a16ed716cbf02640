"""Pages of monitoring."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.clock import now
from monitoring.scenarios.catalogue import shipped_files
from monitoring.services import assess_pending
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_alert, make_scenario, make_transaction, publish

pytestmark = pytest.mark.django_db
DECISION = {"disposition": "explained", "reason_code": "usual_business", "rationale": "known to us"}


@pytest.fixture
def analyst(client):
    """The test client with an analyst signed in."""
    client.force_login(make_person())
    return client


def _url(name, *args):
    return reverse(f"monitoring:{name}", args=args)


def test_alert_panel_shows_sentence_verdicts_and_transaction(analyst):
    alert = make_alert(amount="20.00")
    page = analyst.get(_url("alert_panel", alert.customer_id)).content.decode()
    assert "A payment of 20.00 EUR with a counterparty in KP" in page
    assert "✓" in page
    assert "✗" in page
    assert alert.findings.get().transaction.external_id in page


def test_alert_panel_of_a_busy_scenario_shows_the_newest_and_their_number(analyst, django_assert_max_num_queries):
    alert = make_alert()
    for _ in range(8):
        make_transaction(alert.customer, counterparty_country="KP")
    assess_pending(alert.customer_id)
    with django_assert_max_num_queries(12):
        page = analyst.get(_url("alert_panel", alert.customer_id)).content.decode()
    assert "The newest of 9 findings" in page
    assert page.count("A payment of") == 5


def test_alert_panel_for_htmx_is_a_fragment(analyst):
    response = analyst.get(_url("alert_panel", make_alert().customer_id), headers={"HX-Request": "true"})
    assert b"<html" not in response.content


def test_alert_panel_of_unknown_customer_is_not_found(analyst):
    assert analyst.get(_url("alert_panel", uuid4())).status_code == 404


def test_alert_detail_look_is_recorded(analyst):
    alert = make_alert()
    analyst.get(_url("alert_detail", alert.pk))
    assert AuditEntry.objects.filter(action="monitoring.alert_viewed", object_id=str(alert.pk)).exists()


def test_alert_detail_offers_the_decision_to_whom_may_decide(client):
    alert = make_alert()
    client.force_login(make_person())
    assert b"Decide</button>" in client.get(_url("alert_detail", alert.pk)).content
    client.force_login(make_person(Role.AUDITOR))
    assert b"Decide</button>" not in client.get(_url("alert_detail", alert.pk)).content


def test_alert_dispose_decides_and_goes_back(analyst):
    alert = make_alert()
    response = analyst.post(_url("alert_dispose", alert.pk), DECISION, follow=True)
    assert "known to us" in response.content.decode()


def test_alert_dispose_decided_before_keeps_what_was_typed(analyst):
    alert = make_alert()
    analyst.post(_url("alert_dispose", alert.pk), DECISION)
    response = analyst.post(_url("alert_dispose", alert.pk), DECISION | {"rationale": "second thought"})
    assert response.status_code == 409


def test_alert_dispose_by_auditor_is_refused(client):
    client.force_login(make_person(Role.AUDITOR))
    assert client.post(_url("alert_dispose", make_alert().pk), DECISION).status_code == 403


def test_transaction_panel_shows_totals_and_chart(analyst):
    customer = make_customer()
    make_transaction(customer, amount="1234.50")
    make_transaction(customer, amount="7", direction="out", booked_at=(now() - timedelta(days=20)).isoformat())
    page = analyst.get(_url("transaction_panel", customer.pk)).content.decode()
    assert "1,234.50" in page
    assert "<polyline points=" in page


def test_transaction_panel_escapes_a_hostile_reference(analyst):
    transaction = make_transaction(reference="<script>alert(1)</script>")
    page = analyst.get(_url("transaction_panel", transaction.customer_id)).content.decode()
    assert "<script>alert" not in page


def test_transaction_panel_query_count_does_not_grow(analyst, django_assert_max_num_queries):
    customer = make_customer()
    for _ in range(12):
        make_transaction(customer)
    with django_assert_max_num_queries(22):
        analyst.get(_url("transaction_panel", customer.pk))


def test_transaction_panel_without_transactions_says_so(analyst):
    assert b"No transaction" in analyst.get(_url("transaction_panel", make_customer().pk)).content


def test_scenario_pages_show_rule_measures_and_parameters(analyst):
    scenario = make_scenario("structuring")
    assert b"Structuring" in analyst.get(_url("scenario_list")).content
    page = analyst.get(_url("scenario_detail", scenario.pk)).content.decode()
    assert "near_count &gt;= $payments" in page
    assert "The reporting threshold, in the base currency" in page


def test_rate_list_sets_a_rate(client):
    client.force_login(make_person(Role.ADMINISTRATOR))
    given = {"currency": "USD", "on": "2026-01-02", "per_base": "1.08"}
    assert "USD" in client.post(_url("rate_list"), given, follow=True).content.decode()


def test_scenarios_are_narrowed_by_domain_state_and_severity(analyst: Client) -> None:
    make_scenario()
    publish(shipped_files({}, "pharma")[0].definition)

    def shown(**asked: str) -> set[tuple[str, str, str]]:
        lines = analyst.get(_url("scenario_list"), asked).context["lines"]
        return {(line.domain, line.version.state, line.version.severity) for line in lines}

    everything = shown()
    assert {domain for domain, _, _ in everything} == {"finance", "pharma"}
    assert shown(domain="pharma") == {one for one in everything if one[0] == "pharma"}
    assert shown(severity="high") == {one for one in everything if one[2] == "high"}
    assert shown(domain="no such domain") == shown(state="live") == everything
    assert "take a filter away" in analyst.get(_url("scenario_list"), {"state": "retired"}).content.decode()


def test_a_rule_is_told_in_words_with_the_values_of_its_parameters(analyst: Client) -> None:
    page = analyst.get(_url("scenario_detail", make_scenario("structuring").pk)).content.decode()
    assert "Amount below 10,000" in page
    assert "within 7 days at least 3" in page
