"""Alerts that a model raises by itself: off, tried, approved by another, capped, of one version of a model, told as such."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from monitoring.alerting import model_alerts_of
from monitoring.alerting_figures import figures_of
from monitoring.enums import AlertDisposition, ModelMove, ScenarioMove
from monitoring.exceptions import MoveNotAllowed, ProposerCannotApprove
from monitoring.models import Alert, QuietFinding, ScenarioVersion
from monitoring.selectors import Reached, alerting_scenario, judging_versions, live_versions, policies_of_model
from monitoring.services import (
    dispose_alert,
    draft_model_alerts,
    follow_policies,
    keep_backtest,
    keep_model,
    keep_scores,
    move_model,
    move_version,
)
from monitoring.services.ranking import NewScore, Seen
from monitoring.services.replaying import replay_alert
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_transaction

pytestmark = pytest.mark.django_db
_BARS = [
    {"code": "amount", "label": "amount", "side": "", "value": 9000.0, "amount": 2.5, "sentence": "The amount is 9,000.00 (raises the score)."},
    {"code": "hour", "label": "hour", "side": "", "value": 9.0, "amount": -0.5, "sentence": "The hour is 9 (lowers the score)."},
]  # fmt: skip
_REASON = {
    "base": -2.0, "rest": 0.5, "log_odds": 1.0, "unusual": 99.9, "is_unusual": True, "counterfactual": [], "nearest": [],
    "waterfall": _BARS, "unusual_why": {"base": -1.0, "log2": 0.2, "rest": 0.1, "waterfall": [
        {"code": "pair", "label": "pair", "side": "", "value": 1.0, "amount": 1.1, "sentence": "The pair is new (sets it apart)."},
    ]},
}  # fmt: skip


@pytest.fixture
def ann():
    return make_person(Role.ADMINISTRATOR).actor


@pytest.fixture
def bob():
    return make_person(Role.ADMINISTRATOR).actor


@pytest.fixture
def model(ann, bob):
    return _champion(ann, bob)


def _champion(ann, bob):
    metrics = {
        "learnt": {"events": 5, "positives": 1, "unlabelled": 0},
        "validation": {},
        "importance": [],
        "features": [],
    }
    made = keep_model(
        domain="finance", content=b"x", checksum="0" * 64, manifest={"title": "t"}, metrics=metrics, by=ann
    )
    for move, by in (("validate", ann), ("approve", bob), ("promote", bob)):
        made = move_model(version_id=made.pk, move=ModelMove(move), by=by)
    return made


def _draft(model, by, **fields):
    values = {"measure": "score", "at_least": 99.0, "daily_cap": 2, "severity": "medium"}
    return draft_model_alerts(model_id=model.pk, **(values | fields), by=by)


def _live(model, ann, bob, **fields):
    policy = _draft(model, ann, **fields)
    keep_backtest(version_id=policy.pk, result=figures_of(model_alerts_of(policy), [], 0, 90), by=ann)
    for move, by in (("propose", ann), ("approve", bob), ("go_live", bob)):
        move_version(version_id=policy.pk, move=ScenarioMove(move), by=by)
    return ScenarioVersion.objects.get(pk=policy.pk)


def _score(model, by, *rows):
    """Keeps scores: (percentile, how unusual) of a payment each."""
    made = [make_transaction(make_customer()) for _ in rows]
    scores = [
        NewScore(0.7, percentile, unusual, True, _REASON, transaction_id=row.pk)
        for row, (percentile, unusual) in zip(made, rows, strict=True)
    ]
    keep_scores(version_id=model.pk, scores=scores, seen=Seen(len(rows)), by=by)
    return made


def test_without_a_policy_a_model_raises_nothing(model, ann):
    _score(model, ann, (99.9, 10.0))
    assert policies_of_model(model) == []
    assert follow_policies(policies_of_model(model), by=ann).alerts == 0
    assert not Alert.objects.exists()


def test_a_policy_is_tried_then_approved_by_another_before_it_is_live(model, ann, bob):
    policy = _draft(model, ann)
    with pytest.raises(MoveNotAllowed):
        move_version(version_id=policy.pk, move=ScenarioMove.PROPOSE, by=ann)
    keep_backtest(version_id=policy.pk, result={"levels": []}, by=ann)
    move_version(version_id=policy.pk, move=ScenarioMove.PROPOSE, by=ann)
    with pytest.raises(ProposerCannotApprove):
        move_version(version_id=policy.pk, move=ScenarioMove.APPROVE, by=ann)
    assert move_version(version_id=policy.pk, move=ScenarioMove.APPROVE, by=bob).state == "shadow"
    _score(model, ann, (99.9, 10.0))
    follow_policies(policies_of_model(model), by=ann)
    assert (Alert.objects.count(), QuietFinding.objects.count()) == (0, 1)


def test_the_highest_raise_alerts_up_to_the_cap_with_the_models_own_reasons(client, model, ann, bob):
    _live(model, ann, bob)
    _low, high, _middle, higher = _score(model, ann, (98.9, 99.9), (99.95, 1.0), (99.2, 1.0), (99.99, 1.0))
    made = follow_policies(policies_of_model(model), by=ann)
    assert (made.alerts, made.held_back) == (2, 1)
    assert {alert.customer_id for alert in Alert.objects.all()} == {high.customer_id, higher.customer_id}
    assert follow_policies(policies_of_model(model), by=ann).alerts == 0  # the cap is a day's, and no row is told twice
    entry = AuditEntry.objects.filter(action="monitoring.model_alerted").first()
    assert entry is not None
    alert = Alert.objects.get(customer=higher.customer_id)
    client.force_login(make_person(Role.ANALYST))
    page = client.get(reverse("monitoring:alert_detail", args=[alert.pk])).content.decode()
    assert "ranks this above 99.99 of 100 transactions" in page
    assert "The amount is 9,000.00 (raises the score)." in page
    assert "by a policy the model raised this alert itself" in page
    assert replay_alert(alert).judged == 1
    dispose_alert(alert_id=alert.pk, disposition=AlertDisposition.SUSPICIOUS, reason_code="known_typology",
                  rationale="It fans in.", by=make_person(Role.ANALYST).actor)  # fmt: skip
    assert Alert.objects.get(pk=alert.pk).decision.suggested is None  # no test of whether people think for themselves


def test_unusual_alone_raises_an_alert_only_where_the_policy_says_so(model, ann, bob):
    _live(model, ann, bob, measure="unusual")
    _ranked, odd = _score(model, ann, (99.99, 10.0), (20.0, 99.5))
    assert follow_policies(policies_of_model(model), by=ann).alerts == 1
    finding = Alert.objects.get(customer=odd.customer_id).findings.get()
    assert "more unusual than 99.50 of 100" in finding.sentence
    assert [node["sentence"] for node in finding.trace] == ["The pair is new (sets it apart)."]


def test_a_policy_is_of_one_version_of_a_model(model, ann, bob):
    _live(model, ann, bob)
    newer = _champion(bob, ann)
    _score(newer, ann, (99.9, 10.0))
    assert policies_of_model(newer) == []
    with pytest.raises(MoveNotAllowed):
        _draft(model, ann)


def test_what_has_no_rule_is_kept_from_the_evaluator(model, ann, bob):
    policy = _live(model, ann, bob)
    assert policy not in judging_versions("finance")
    assert policy not in live_versions()


def test_figures_tell_what_each_line_would_have_come_to(model, ann):
    policy = model_alerts_of(_draft(model, ann, at_least=99.2, daily_cap=1))
    day, other = date(2026, 1, 2), date(2026, 1, 3)
    reached = [
        Reached(99.99, day, "a", 1, has_alert=True), Reached(99.5, day, "b", 0, has_alert=False),
        Reached(99.3, other, "b", -1, has_alert=False), Reached(99.1, other, "c", -1, has_alert=False),
    ]  # fmt: skip
    told = {level["at_least"]: level for level in figures_of(policy, reached, 1_000, 90)["levels"]}
    own = told[99.2]
    assert (own["rows"], own["subjects"], own["alerts"], own["held_back"], own["busiest"]) == (3, 2, 2, 1, 2)
    assert (own["new_subjects"], own["judged"], own["suspicious"]) == (1, 2, 1)
    assert told[99.99]["precision"] == 1


def test_the_page_drafts_shows_and_moves_a_policy(client, model, ann):
    client.force_login(make_person(Role.ADMINISTRATOR))
    url = reverse("monitoring:model_alerting", args=["finance"])
    assert b"Nobody drafted a policy" in client.get(url).content
    draft = reverse("monitoring:model_alerting_draft", args=["finance"])
    fields = {"measure": "score", "at_least": "99.9", "daily_cap": "5", "severity": "high"}
    assert client.post(draft, fields | {"at_least": "12"}).status_code == 422
    assert client.post(draft, fields).status_code == 302
    policy = ScenarioVersion.objects.get(definition__code="model:finance")
    keep_backtest(version_id=policy.pk, result=figures_of(model_alerts_of(policy), [], 10, 90), by=ann)
    page = client.get(url).content.decode()
    assert "On the past: version 1 over 90 days, 10 rows" in page
    assert "Propose" in page
    scenario = alerting_scenario("finance")
    assert client.get(reverse("monitoring:scenario_detail", args=[scenario.pk])).status_code == 302
    for name in ("scenario_list", "coverage_page"):
        assert client.get(reverse(f"monitoring:{name}")).status_code == 200
    assert client.get(reverse("monitoring:scenario_edit", args=[scenario.pk, 1])).status_code == 404
    client.force_login(make_person(Role.AUDITOR))
    assert client.get(url).status_code == 200
    assert client.post(draft, fields).status_code == 403
