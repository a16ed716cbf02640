"""Models in the database: trained from people's decisions, moved with four eyes, restored, refused when tampered with."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.clock import now
from monitoring.enums import AlertDisposition, ModelMove, ModelState
from monitoring.exceptions import MoveNotAllowed, TrainerCannotApprove
from monitoring.models import BlindItem, ModelArtefact, ModelVersion, RowScore, Transaction
from monitoring.ranking_works import POLICY_TRIAL
from monitoring.selectors import Feedback, feedback_of, labels_by_people, log_of_version, scores_of_alert
from monitoring.services import (
    dispose_alert,
    draft_model_alerts,
    flag_transaction,
    ingest_transactions,
    judge_blind_item,
    keep_model,
    keep_scores,
    keep_second_looks,
    move_model,
    publish_sampling_policy,
    settle_dispute,
)
from monitoring.services.ranking import NewScore, Seen
from monitoring.services.rescoring import replay_score
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_alert, make_row, make_transaction
from tests.monitoring.learning.test_report import measured
from workflows.long_work import run_work
from workflows.models import LongWork
from workflows.services import start_work

pytestmark = pytest.mark.django_db
METRICS = {"learnt": {"events": 5, "positives": 1, "unlabelled": 0}, "validation": {}, "importance": [], "features": []}
REASON = {"base": -2.0, "rest": 0.5, "log_odds": 1.0, "unusual": 90.0, "counterfactual": [], "nearest": [], "waterfall": [
    {"code": "amount", "label": "amount", "side": "", "value": 9000.0, "amount": 2.5, "sentence": "The amount is 9,000.00 (raises the score)."},
]}  # fmt: skip


@pytest.fixture
def ann():
    return make_person(Role.ADMINISTRATOR).actor


@pytest.fixture
def bob():
    return make_person(Role.ADMINISTRATOR).actor


def _kept(by, content=b"x"):
    return keep_model(
        domain="finance", content=content, checksum="0" * 64, manifest={"title": "t"}, metrics=METRICS, by=by
    )


def _moved(version, *moves):
    for move, by in moves:
        version = move_model(version_id=version.pk, move=ModelMove(move), by=by)
    return version


def _champion(ann, bob):
    return _moved(_kept(ann), ("validate", ann), ("approve", bob), ("challenge", bob), ("promote", bob))


def test_who_trained_a_version_neither_approves_nor_promotes_it(ann, bob):
    version = _moved(_kept(ann), ("validate", ann))
    with pytest.raises(TrainerCannotApprove):
        _moved(version, ("approve", ann))
    version = _moved(version, ("approve", bob))
    with pytest.raises(TrainerCannotApprove):
        _moved(version, ("promote", ann))


def test_a_draft_cannot_be_promoted(ann, bob):
    with pytest.raises(MoveNotAllowed):
        _moved(_kept(ann), ("promote", bob))


def test_a_new_champion_retires_the_last_which_one_click_restores(ann, bob):
    first, second = _champion(ann, bob), _champion(ann, bob)
    first.refresh_from_db()
    assert (first.state, second.state) == (ModelState.RETIRED, ModelState.CHAMPION)
    assert _moved(first, ("restore", ann)).state == ModelState.CHAMPION
    second.refresh_from_db()
    assert second.state == ModelState.RETIRED
    assert AuditEntry.objects.filter(action="monitoring.model_moved").count() == 9


def test_what_was_never_champion_cannot_be_restored(ann):
    with pytest.raises(MoveNotAllowed):
        _moved(_kept(ann), ("retire", ann), ("restore", ann))


def test_labels_are_of_decided_alerts_and_flags():
    officer = make_person(Role.ANALYST)
    alert = make_alert()
    row = alert.findings.first().transaction
    assert labels_by_people("finance", now() - timedelta(days=9))[0] == {str(row.pk): (-1, alert.scenario.typology)}
    dispose_alert(alert_id=alert.pk, disposition=AlertDisposition.SUSPICIOUS, reason_code="known_typology",
                  rationale="It fans in.", by=officer.actor)  # fmt: skip
    other = make_transaction(row.customer)
    flag_transaction(transaction_id=other.pk, reason="Told by the branch.", by=officer.actor)
    labels, disputed = labels_by_people("finance", now() - timedelta(days=9))
    assert {pk: label for pk, (label, _) in labels.items()} == {str(row.pk): 1, str(other.pk): 1}
    assert disputed == 0


def test_the_card_of_an_alert_says_what_the_champion_says(client, ann, bob):
    alert = make_alert()
    row = alert.findings.first().transaction
    version = _champion(ann, bob)
    score = NewScore(0.7, 99.1, 90.0, True, REASON, transaction_id=row.pk)
    keep_scores(version_id=version.pk, scores=[score], seen=Seen(1, {"amount": 0.3}), by=ann)
    assert [item.percentile for item in scores_of_alert(alert)] == [99.1]
    client.force_login(make_person(Role.ANALYST))
    for name in ("monitoring:alert_detail", "monitoring:alert_card"):
        page = client.get(reverse(name, args=[alert.pk]), HTTP_HX_REQUEST="true").content.decode()
        assert "The amount is 9,000.00 (raises the score)." in page
    (entry,) = log_of_version(version)
    assert entry["record"] == str(row.pk)
    assert entry["explanation"]["waterfall"][0]["value"] == 9000


def test_people_say_how_precise_the_champion_is_where_it_is_used(client, ann, bob):
    version = _champion(ann, bob)
    rows = [make_transaction(make_customer()) for _ in range(3)]
    scores = [NewScore(0.7, 99.1, 90.0, True, REASON, transaction_id=row.pk) for row in rows]
    keep_scores(version_id=version.pk, scores=scores, seen=Seen(3), by=ann)
    flag_transaction(transaction_id=rows[0].pk, reason="Told by the branch.", by=make_person(Role.ANALYST).actor)
    told = feedback_of(version)
    assert (told.judged, told.suspicious, told.precision, told.label_rate, told.has_fallen) == (1, 1, 1.0, 1.0, False)
    assert Feedback(40, 10, 0.6, None, None).has_fallen
    assert not Feedback(20, 5, 0.6, None, None).has_fallen


def test_a_versions_page_has_the_champions_figures_beside_its_own(client, ann):
    metrics = METRICS | {"test": measured(1.0), "champion": measured(0.5)}
    version = keep_model(
        domain="finance",
        content=b"x",
        checksum="0" * 64,
        manifest={"author": "ann", "query": {}},
        metrics=metrics,
        by=ann,
    )
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.get(reverse("monitoring:model_detail", args=[version.pk])).content.decode()
    for told in ("Suspicious, not flagged", "Recall: Champion then", "champion 50.0"):
        assert told in page


def test_the_catalogue_draws_how_rows_are_spread_and_names_categories(client, ann):
    told = {"edges": [10.0, 20.0], "shares": [0.1, 0.3, 0.3, 0.3], "low": 1.0, "median": 12.0, "high": 30.0}
    metrics = METRICS | {"features": ["amount", "type"], "categories": {"type": ["card", "cash"]}, "distributions": {
        "amount": told, "type": told}}  # fmt: skip
    version = keep_model(domain="finance", content=b"x", checksum="0" * 64, manifest={}, metrics=metrics, by=ann)
    seen = Seen(4, {"amount": 0.4}, {"amount": [0.0, 0.5, 0.25, 0.25]})
    keep_scores(version_id=version.pk, scores=[], seen=seen, by=ann)
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.get(reverse("monitoring:model_features", args=[version.pk])).content.decode()
    assert "≤ 10: 30.0 % in training, 50.0 % last scored" in page
    assert "most often card, cash" in page
    assert "shifted" in page


def test_a_challenger_in_shadow_is_not_seen_on_alerts(ann, bob):
    alert = make_alert()
    row = alert.findings.first().transaction
    version = _moved(_kept(ann), ("validate", ann), ("approve", bob), ("challenge", bob))
    score = NewScore(0.7, 99.1, 90.0, True, REASON, transaction_id=row.pk)
    keep_scores(version_id=version.pk, scores=[score], seen=Seen(1), by=ann)
    assert scores_of_alert(alert) == []


def _rows(customer, *, is_bad):
    """Twelve payments; of the bad every fourth is large."""
    for step in range(12):
        yield make_row(
            customer, amount="9500.00" if is_bad and step % 4 == 3 else f"{40 + step}.00",
            direction="out" if step % 2 else "in", counterparty_account=f"X{step % 5}", type="cash" if step % 3 else "transfer",
            booked_at=(now() - timedelta(days=60 - 5 * step, minutes=customer.pk.int % 600)).isoformat(),
        )  # fmt: skip


@pytest.fixture
def world():
    """Forty customers; ten of them passed large sums on, which an officer flagged."""
    officer, first = make_person(Role.ANALYST).actor, make_customer()
    customers = [first, *(make_customer(client=first.registered_by_client) for _ in range(39))]
    rows = [row for place, customer in enumerate(customers) for row in _rows(customer, is_bad=place % 4 == 0)]
    ingest_transactions(rows=rows, source="test", by=first.registered_by_client.actor)
    for pk in Transaction.objects.filter(amount=9500).values_list("pk", flat=True):
        flag_transaction(transaction_id=pk, reason="Told so.", by=officer)


def _work(kind, by):
    work = start_work(kind=kind, title=kind, inputs={"domain": "finance"}, by=by)
    run_work(work.pk)
    return LongWork.objects.get(pk=work.pk)


@pytest.mark.usefixtures("world")
def test_a_model_is_trained_scores_and_is_refused_when_tampered_with(client, ann, bob):
    done = _work("model training", ann)
    assert done.state == "done", done.error
    version = ModelVersion.objects.get()
    assert version.metrics["learnt"]["positives"] > 10
    _moved(version, ("validate", ann), ("approve", bob), ("promote", bob))
    assert _work("model scoring", ann).state == "done"
    first = _every_score(version)
    assert first
    _policy_is_tried(version, ann)
    _moved(_kept(bob), ("validate", bob), ("approve", ann), ("promote", ann))
    version.scores.all().delete()
    _moved(ModelVersion.objects.get(pk=version.pk), ("restore", ann))
    assert _work("model scoring", ann).state == "done"
    assert _every_score(version) == first
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.get(reverse("monitoring:model_detail", args=[version.pk])).content.decode()
    assert all(
        told in page
        for told in ("Flagged (selection rate)", "cash", "ROC", "Classification report", "Stability over time")
    )
    for name in ("model_detail", "model_features"):
        assert client.get(reverse(f"monitoring:{name}", args=[version.pk])).status_code == 200
    for what in ("report.html", "metrics.json", "audit_log.json", "model_card.json"):
        assert client.get(reverse("monitoring:model_download", args=[version.pk, what])).status_code == 200
    score = version.scores.first()
    assert replay_score(score) == ()
    assert "The score was" in replay_score(RowScore(version=version, score=0.5, percentile=score.percentile,
                                                    is_flagged=score.is_flagged, inputs=score.inputs))[0]  # fmt: skip
    artefact = ModelArtefact.objects.get(version=version)
    artefact.content = bytes(artefact.content) + b"x"
    artefact.save()
    assert "checksum differs" in replay_score(score)[0]
    assert _work("model scoring", ann).state == "failed"
    assert _every_score(version) == first


def _policy_is_tried(version, by):
    """Figures of a policy by which the champion would raise alerts, from the rows that are there."""
    policy = draft_model_alerts(model_id=version.pk, measure="score", at_least=95.0, daily_cap=3, severity="low", by=by)
    work = start_work(kind=POLICY_TRIAL, title="trial", inputs={"version_id": str(policy.pk)}, by=by)
    run_work(work.pk)
    policy.refresh_from_db()
    assert policy.backtest["rows"] == Transaction.objects.count()
    (own,) = [
        level for level in policy.backtest["levels"] if level["at_least"] == policy.definition["parameters"]["at_least"]
    ]
    assert own["suspicious"] > 0


def _every_score(version):
    """All of what is kept of each row, so that a roll-back is compared to the bit."""
    fields = ("transaction_id", "score", "percentile", "unusual", "is_flagged", "explanation", "inputs")
    return list(version.scores.values_list(*fields).order_by("transaction_id"))


@pytest.mark.usefixtures("world")
def test_a_label_changed_by_a_reviewer_reaches_the_next_version(ann):
    """The real path: decided by one, judged blind by another, settled by a third, trained by a worker."""
    publish_sampling_policy(a_night=5, controls=20, second_looks=100, by=ann)
    alert = make_alert(amount="9400.00")
    verdict = {"reason_code": "known_typology", "rationale": "It fans in."}
    dispose_alert(
        alert_id=alert.pk, disposition=AlertDisposition.SUSPICIOUS, **verdict, by=make_person(Role.ANALYST).actor
    )
    assert _work("model training", ann).state == "done"
    keep_second_looks(by=ann)
    other = {"disposition": AlertDisposition.EXPLAINED, "reason_code": "usual_business", "rationale": "Salary."}
    item = BlindItem.objects.get()
    judge_blind_item(item_id=item.pk, **other, by=make_person(Role.REVIEWER).actor)
    settle_dispute(item_id=item.pk, **other, by=make_person(Role.MLRO).actor)
    assert _work("model training", ann).state == "done"
    before, after = ModelVersion.objects.order_by("number")
    positives = [_positives(version) for version in (before, after)]
    assert positives[0] == positives[1] + 1
    assert before.manifest["data_sha256"] != after.manifest["data_sha256"]
    assert (before.state, after.state) == (ModelState.DRAFT, ModelState.DRAFT)


def _positives(version):
    return version.metrics["learnt"]["positives"] + version.metrics["test"]["positives"]


def test_pages_of_models_without_any(client):
    client.force_login(make_person(Role.ADMINISTRATOR))
    assert b"No model has been trained" in client.get(reverse("monitoring:model_list")).content
    assert (
        client.get(reverse("monitoring:model_detail", args=["019c0000-0000-7000-8000-000000000000"])).status_code == 404
    )
