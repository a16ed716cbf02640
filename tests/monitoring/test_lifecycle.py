"""A scenario's way from draft to live, and what becomes of firings on it: shadow, snooze, cool-down, worse."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Role
from accounts.exceptions import NotAPerson
from audit.models import AuditEntry
from core.exceptions import InvalidInput
from monitoring.enums import AlertDisposition, AlertReason, AlertState, Quiet, ScenarioMove, ScenarioState
from monitoring.exceptions import MoveNotAllowed, ProposerCannotApprove
from monitoring.models import Alert, QuietFinding
from monitoring.services import (
    assess_pending,
    dispose_alert,
    draft_scenario,
    keep_backtest,
    move_version,
    redraft_scenario,
    snooze_alerts,
)
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, make_alert, make_definition, make_transaction, publish
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db
RESULT = {"periods": [], "latest": [], "transactions": 0}


@pytest.fixture
def ann():
    return make_person(Role.ADMINISTRATOR).actor


@pytest.fixture
def bob():
    return make_person(Role.ADMINISTRATOR).actor


def _draft():
    return draft_scenario(definition=make_definition("high_risk_geography"), by=SYSTEM)


def _moved(version, *moves):
    for move, by in moves:
        version = move_version(version_id=version.pk, move=ScenarioMove(move), by=by)
    return version


def _shadow(ann, bob):
    version = _draft()
    keep_backtest(version_id=version.pk, result=RESULT, by=ann)
    return _moved(version, ("propose", ann), ("approve", bob))


def _paid(customer, amount="20.00", **fields):
    make_transaction(customer, counterparty_country="KP", amount=amount, **fields)
    assess_pending(customer.pk)


def _decide(alert, by):
    dispose_alert(
        alert_id=alert.pk, disposition=AlertDisposition.EXPLAINED, reason_code=AlertReason.USUAL_BUSINESS,
        rationale="known to us", by=by,
    )  # fmt: skip


def test_version_goes_from_draft_to_live_with_a_backtest_and_two_people(ann, bob):
    live = _moved(_shadow(ann, bob), ("go_live", ann))
    assert (live.state, live.proposed_by_id, live.approved_by_id) == (
        ScenarioState.LIVE,
        live.proposed_by_id,
        live.approved_by_id,
    )
    assert live.proposed_by_id != live.approved_by_id
    assert AuditEntry.objects.filter(action="monitoring.scenario_moved").count() == 3


def test_version_untried_is_not_proposed(ann):
    with pytest.raises(MoveNotAllowed, match="Try the version"):
        _moved(_draft(), ("propose", ann))


def test_version_is_not_approved_by_who_proposed_it(ann):
    version = _draft()
    keep_backtest(version_id=version.pk, result=RESULT, by=ann)
    with pytest.raises(ProposerCannotApprove):
        _moved(version, ("propose", ann), ("approve", ann))


def test_version_is_moved_by_people_only():
    with pytest.raises(NotAPerson):
        _moved(_draft(), ("propose", SYSTEM))


def test_version_made_live_retires_the_former(ann, bob):
    former = publish(make_definition("high_risk_geography"))
    _moved(_shadow(ann, bob), ("go_live", ann))
    former.refresh_from_db()
    assert former.state == ScenarioState.RETIRED


def test_version_that_is_live_is_not_proposed(ann):
    with pytest.raises(MoveNotAllowed):
        _moved(publish(make_definition("high_risk_geography")), ("propose", ann))


def test_redraft_changes_values_in_a_new_version_only(ann):
    base = publish(make_definition("high_risk_geography"))
    made = redraft_scenario(version_id=base.pk, parameters={"least": 5.0, "unknown": 1}, by=ann)
    assert (made.state, made.number) == (ScenarioState.DRAFT, 2)
    assert (made.definition["parameters"]["least"], base.definition["parameters"]["least"]) == (5.0, 1000)
    assert "unknown" not in made.definition["parameters"]


def test_shadow_keeps_findings_where_they_raise_nothing(ann, bob):
    version = _shadow(ann, bob)
    _paid(make_customer())
    assert not Alert.objects.exists()
    assert QuietFinding.objects.get().why == Quiet.SHADOW
    assert QuietFinding.objects.get().version == version


def test_snooze_raises_nothing_until_it_ends(ann):
    alert = make_alert(amount="20.00")
    snooze = snooze_alerts(alert_id=alert.pk, until=localdate() + timedelta(days=5), reason="known charity", by=ann)
    _decide(alert, ann)
    _paid(alert.customer)
    assert not Alert.objects.filter(state=AlertState.OPEN).exists()
    assert QuietFinding.objects.get().why == Quiet.SNOOZED
    snooze.until = localdate() - timedelta(days=1)
    snooze.save()
    _paid(alert.customer)
    assert Alert.objects.filter(state=AlertState.OPEN).count() == 1


@pytest.mark.parametrize("days", [0, 400])
def test_snooze_without_an_end_in_sight_is_refused(ann, days):
    with pytest.raises(InvalidInput):
        snooze_alerts(
            alert_id=make_alert().pk, until=localdate() + timedelta(days=days), reason="known charity", by=ann
        )


def test_cool_down_after_a_decision_tells_only_what_is_materially_larger(ann):
    publish(make_definition("high_risk_geography", cool_down="30d"))
    customer = make_customer()
    _paid(customer)
    _decide(Alert.objects.get(), ann)
    _paid(customer, "30.00")
    assert QuietFinding.objects.get().why == Quiet.COOLING
    _paid(customer, "60.00")
    assert Alert.objects.filter(state=AlertState.OPEN).count() == 1


def test_open_alert_materially_worse_is_raised_again_and_weighs_more():
    publish(make_definition("high_risk_geography", severity="medium"))
    customer = make_customer()
    for amount in ("20.00", "30.00", "40.00"):
        _paid(customer, amount)
    alert = Alert.objects.get()
    assert (alert.times_told, alert.severity, alert.findings.count()) == (2, "high", 3)
    assert AuditEntry.objects.filter(action="monitoring.alert_raised_again").count() == 1


def test_scenario_page_backtests_proposes_and_has_another_person_approve(client):
    version = _draft()
    make_transaction(make_customer(), counterparty_country="KP")
    args = [version.scenario_id, version.number]
    client.force_login(make_person(Role.ADMINISTRATOR))
    client.post(reverse("monitoring:scenario_backtest", args=args))
    run_work(LongWork.objects.get().pk)
    page = client.get(reverse("monitoring:scenario_detail", args=args[:1])).content.decode()
    assert "A payment of 100.00 EUR with a counterparty in KP" in page
    for person, move in ((None, "propose"), (make_person(Role.ADMINISTRATOR), "approve"), (None, "go_live")):
        if person:
            client.force_login(person)
        name = "scenario_answer" if move == "approve" else "scenario_move"
        client.post(reverse(f"monitoring:{name}", args=[*args, move]))
    version.refresh_from_db()
    assert version.state == ScenarioState.LIVE


def test_scenario_page_drafts_other_values_and_tells_wrong_ones(client):
    version = publish(make_definition("structuring"))
    client.force_login(make_person(Role.ADMINISTRATOR))
    url = reverse("monitoring:scenario_redraft", args=[version.scenario_id, 1])
    values = {"p_threshold": "5000", "p_near": "0.8", "p_payments": "3", "p_window": "7d"}
    assert client.post(url, values).status_code == 302
    response = client.post(url, values | {"p_window": "9999d"})
    assert response.status_code == 422
    assert "is longer than the 400 d kept" in response.content.decode()


def test_scenario_page_of_an_analyst_offers_no_moves(client):
    version = publish(make_definition("structuring"))
    client.force_login(make_person())
    page = client.get(reverse("monitoring:scenario_detail", args=[version.scenario_id])).content.decode()
    assert "Retire" not in page
    assert client.post(reverse("monitoring:scenario_move", args=[version.scenario_id, 1, "retire"])).status_code == 403


def test_alert_page_snoozes_with_a_reason(client):
    alert = make_alert()
    client.force_login(make_person())
    until = (localdate() + timedelta(days=9)).isoformat()
    url = reverse("monitoring:alert_snooze", args=[alert.pk])
    assert client.post(url, {"until": until, "reason": "no"}).status_code == 422
    assert client.post(url, {"until": until, "reason": "known charity"}).status_code == 302
    page = client.get(reverse("monitoring:alert_detail", args=[alert.pk])).content.decode()
    assert "known charity" in page


def test_scenario_page_shows_what_changes_and_who_gains_alerts_to_who_approves(client, ann):
    live = publish(make_definition("high_risk_geography"))
    customer = make_customer()
    make_transaction(customer, counterparty_country="SY", amount="700.00")
    draft = redraft_scenario(version_id=live.pk, parameters={"least": 500.0}, by=ann)
    client.force_login(make_person(Role.ADMINISTRATOR))
    client.post(reverse("monitoring:scenario_backtest", args=[live.scenario_id, draft.number]))
    run_work(LongWork.objects.get().pk)
    page = client.get(reverse("monitoring:scenario_detail", args=[live.scenario_id]) + "?version=2").content.decode()
    assert "<del>1000</del>" in page
    assert "<ins>500.0</ins>" in page
    assert "1 customers gain alerts, 0 lose some" in page
    draft.refresh_from_db()
    assert draft.backtest["compared"]["gaining"] == [str(customer.pk)]


def test_the_mlro_approves_and_neither_drafts_nor_goes_live(ann, client):
    version = _draft()
    keep_backtest(version_id=version.pk, result=RESULT, by=ann)
    _moved(version, ("propose", ann))
    client.force_login(make_person(Role.MLRO))
    page = reverse("monitoring:scenario_detail", args=[version.scenario_id])
    assert "Approve into shadow" in client.get(page).content.decode()
    client.post(reverse("monitoring:scenario_answer", args=[version.scenario_id, 1, "approve"]))
    version.refresh_from_db()
    assert version.state == ScenarioState.SHADOW
    assert client.post(reverse("monitoring:scenario_move", args=[version.scenario_id, 1, "go_live"])).status_code == 403
    assert (
        client.post(reverse("monitoring:scenario_answer", args=[version.scenario_id, 1, "go_live"])).status_code == 404
    )
