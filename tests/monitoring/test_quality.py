"""Second looks at decided alerts: blind, settled by a third, what they say of labels; decisions without the model's word."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from cases.models import Case
from core.clock import now
from monitoring.enums import AlertDisposition, AlertReason, ModelState
from monitoring.exceptions import JudgedBefore
from monitoring.models import AlertDecision, BlindItem, ModelVersion, SamplingPolicy
from monitoring.selectors import is_suggestion_hidden, label_quality, labels_by_people, labels_since, scores_of_alert
from monitoring.services import (
    NewScore,
    Seen,
    dispose_alert,
    flag_transaction,
    judge_blind_item,
    keep_model,
    keep_scores,
    keep_second_looks,
    publish_sampling_policy,
    settle_dispute,
)
from tests.factories.accounts import make_person
from tests.factories.monitoring import SYSTEM, make_alert

pytestmark = pytest.mark.django_db
SUSPICIOUS = {
    "disposition": AlertDisposition.SUSPICIOUS,
    "reason_code": AlertReason.KNOWN_TYPOLOGY,
    "rationale": "It fits.",
}
EXPLAINED = {
    "disposition": AlertDisposition.EXPLAINED,
    "reason_code": AlertReason.USUAL_BUSINESS,
    "rationale": "Salary.",
}


@pytest.fixture
def policy():
    return publish_sampling_policy(
        a_night=5, controls=20, second_looks=100, hidden=0, by=make_person(Role.ADMINISTRATOR).actor
    )


@pytest.fixture
def first():
    return make_person(Role.ANALYST)


@pytest.fixture
def second():
    return make_person(Role.REVIEWER)


@pytest.fixture
def item(policy, first):
    """A decided alert, explained, that waits for its second look."""
    dispose_alert(alert_id=make_alert().pk, **EXPLAINED, by=first.actor)
    assert keep_second_looks(by=SYSTEM) == 1
    return BlindItem.objects.get()


def _labels():
    return labels_by_people("finance", now() - timedelta(days=9))


def _label_of(item):
    return _labels()[0][str(item.transaction_id)][0]


def test_a_decided_alert_is_drawn_once(item):
    assert keep_second_looks(by=SYSTEM) == 0
    assert BlindItem.objects.get().control.disposition == AlertDisposition.EXPLAINED


def test_the_policy_says_how_many_are_drawn(first):
    publish_sampling_policy(a_night=5, controls=20, second_looks=0, by=make_person(Role.ADMINISTRATOR).actor)
    dispose_alert(alert_id=make_alert().pk, **EXPLAINED, by=first.actor)
    assert keep_second_looks(by=SYSTEM) == 0


def test_the_decision_is_kept_from_whom_the_second_look_may_go_to(item, client, first, second):
    pages = [reverse("monitoring:alert_detail", args=[item.control_id]), reverse("monitoring:alert_card", args=[item.control_id]),
             reverse("monitoring:alert_panel", args=[item.customer_id])]  # fmt: skip
    client.force_login(second)
    for page in pages:
        told = client.get(page).content.decode()
        assert "Salary." not in told
        assert "Explained" not in told.replace('value="explained">Explained', "")
    client.force_login(first)
    assert b"Salary." in client.get(pages[0]).content
    client.force_login(make_person(Role.AUDITOR))
    assert b"Salary." in client.get(pages[0]).content
    judge_blind_item(item_id=item.pk, **EXPLAINED, by=second.actor)
    client.force_login(second)
    assert b"Salary." in client.get(pages[0]).content


def test_who_decided_is_not_asked_again(item, client, first, second):
    client.force_login(first)
    assert client.get(reverse("monitoring:blind_item", args=[item.pk])).status_code == 404
    client.force_login(second)
    assert client.get(reverse("monitoring:blind_item", args=[item.pk])).status_code == 200


def test_two_who_differ_leave_no_label_until_a_third_settles_it(item, client, first, second):
    start = now()
    assert _label_of(item) == 0
    judge_blind_item(item_id=item.pk, **SUSPICIOUS, by=second.actor)
    assert (_label_of(item), _labels()[1], labels_since("finance", start)) == (-1, 1, 1)
    for judge in (first, second):
        with pytest.raises(JudgedBefore):
            settle_dispute(item_id=item.pk, **SUSPICIOUS, by=judge.actor)
    third = make_person(Role.MLRO)
    client.force_login(third)
    page = reverse("monitoring:dispute_detail", args=[item.pk])
    assert "Salary." in client.get(page).content.decode()
    assert client.post(page, {"rationale": "no"}).status_code == 422
    assert client.post(page, SUSPICIOUS).url == reverse("monitoring:dispute_list")
    item.refresh_from_db()
    assert (_label_of(item), _labels()[1], item.control.disposition) == (1, 0, AlertDisposition.SUSPICIOUS)
    assert item.control.decision.disposition == AlertDisposition.EXPLAINED
    assert Case.objects.get(customer=item.customer).reasons.filter(source_id=item.control_id).exists()
    assert AuditEntry.objects.filter(action="monitoring.dispute_settled").exists()
    assert client.get(page).status_code == 404


def test_an_agreed_label_goes_before_a_single_one(item, first, second):
    flag_transaction(transaction_id=item.transaction_id, reason="The branch told so.", by=first.actor)
    assert (_label_of(item), _labels()[1]) == (-1, 1)
    judge_blind_item(item_id=item.pk, **EXPLAINED, by=second.actor)
    assert (_label_of(item), _labels()[1]) == (0, 0)


def test_the_page_tells_agreement_and_what_was_changed(item, client, second):
    judge_blind_item(item_id=item.pk, **SUSPICIOUS, by=second.actor)
    told = label_quality(365)
    assert (told.judged, told.disputes, told.by_reason[0].changed) == (1, 1, 1)
    assert told.by_reason[0].name == AlertReason.USUAL_BUSINESS.label
    assert {row.name for row in told.agreements} >= {"Disposition", f"Reason: {AlertReason.KNOWN_TYPOLOGY.label}"}
    client.force_login(make_person(Role.AUDITOR))
    assert b"Cohen" in client.get(reverse("monitoring:label_quality"), {"days": "90"}).content
    assert client.get(reverse("monitoring:label_quality_file", args=["csv"])).content.startswith(b"part,name,judged")
    assert (
        client.get(reverse("monitoring:label_quality_file", args=["json"])).json()["overturned_by_month"][0]["rate"]
        == 1
    )
    assert client.get("/api/v1/label-quality").json()["disputes"] == 1
    client.force_login(make_person())
    assert client.get(reverse("monitoring:label_quality")).status_code == 403


def test_the_page_says_that_nothing_was_judged_twice(client):
    client.force_login(make_person(Role.MLRO))
    assert b"Nothing was judged twice" in client.get(reverse("monitoring:label_quality")).content


def _said(alert):
    """The champion flags the row behind the alert."""
    version = keep_model(domain="finance", content=b"", checksum="0" * 64, manifest={}, metrics={}, by=SYSTEM)
    ModelVersion.objects.filter(pk=version.pk).update(state=ModelState.CHAMPION)
    why = {"base": 0.0, "rest": 0.0, "waterfall": [], "counterfactual": [], "nearest": []}
    score = NewScore(0.9, 99.0, 9.0, True, why, transaction_id=alert.findings.get().transaction_id)
    keep_scores(version_id=version.pk, scores=[score], seen=Seen(1), by=SYSTEM)


@pytest.mark.parametrize("hidden", [0, 100])
def test_the_models_word_is_kept_back_until_the_decision_and_both_are_compared(policy, client, first, hidden):
    SamplingPolicy.objects.update(hidden=hidden)
    alert = make_alert()
    _said(alert)
    client.force_login(first)
    page = reverse("monitoring:alert_detail", args=[alert.pk])
    assert (b"What the model says is shown once" in client.get(page).content) is bool(hidden)
    assert (scores_of_alert(alert) == []) is bool(hidden)
    dispose_alert(alert_id=alert.pk, **SUSPICIOUS, by=first.actor)
    decided = AlertDecision.objects.get()
    assert (decided.suggested, decided.was_hidden) == (True, bool(hidden))
    alert.refresh_from_db()
    assert len(scores_of_alert(alert)) == 1
    both = label_quality(365).bias[-1]
    assert (both.shown_along, both.hidden_along) == ((0, 1) if hidden else (1, 0))
    assert both.difference is None


def test_a_later_policy_does_not_hide_what_was_seen_already(first):
    alert = make_alert()
    publish_sampling_policy(a_night=5, controls=20, hidden=50, by=make_person(Role.ADMINISTRATOR).actor)
    SamplingPolicy.objects.update(hidden=100)
    assert not is_suggestion_hidden(alert)
