"""Two versions of a model in the demonstration: a champion, a challenger in shadow, and second looks at what was decided.

They learn from what the bank's former review found in the year before: money that came from somebody new and went on the next
day, too little for any scenario. People import those labels; a worker trains; the administrator approves and promotes.
"""

from collections.abc import Iterator
from datetime import timedelta

import structlog
from django.conf import settings

from accounts.models import User
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import ProbityError
from monitoring.enums import (
    AlertDisposition,
    AlertReason,
    ModelMeasure,
    ModelMove,
    ModelState,
    ScenarioMove,
    Severity,
)
from monitoring.models import BlindItem, ModelVersion
from monitoring.ranking_works import score_rows, train_model, try_policy
from monitoring.services import (
    draft_model_alerts,
    import_labels,
    judge_blind_item,
    keep_second_looks,
    move_model,
    move_version,
    publish_sampling_policy,
)
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

DEMO_MODELS = "demonstration models"
_MULES = (("DEMO-004", "PL"), ("DEMO-007", "PT"))
_EPISODES, _EVERY, _FIRST = 8, 40, 340
_SECOND_LOOKS = 100
_MOVES = (
    (ModelMove.VALIDATE, ModelMove.APPROVE, ModelMove.PROMOTE),
    (ModelMove.VALIDATE, ModelMove.APPROVE, ModelMove.CHALLENGE),
)
_log = structlog.get_logger(__name__)


def demo_mules() -> Iterator[dict[str, object]]:
    """Now and then an account gets a few hundred from somebody new and passes them on the next day."""
    for place, (customer, home) in enumerate(_MULES):
        for episode in range(_EPISODES):
            amount = 310 + 37 * ((episode * 5 + place * 3) % 8)
            days = _FIRST - episode * _EVERY - 11 * place
            for way, share, later, other in (
                ("in", 1.0, 0, f"Payer {place}{episode}"),
                ("out", 0.94, 1, "Quick Transfer"),
            ):
                yield {
                    "external_id": _key(place, episode, way), "customer_external_id": customer, "direction": way,
                    "account": f"{home}00{customer.replace('-', '')}", "amount": f"{amount * share:.2f}",
                    "currency": settings.BASE_CURRENCY, "type": "transfer", "channel": "online", "counterparty_name": other,
                    "counterparty_account": f"{home}99{place}{episode}{way}", "counterparty_country": home,
                    "booked_at": (now() - timedelta(days=days - later, hours=3)).isoformat(timespec="seconds"),
                }  # fmt: skip


def _key(place: int, episode: int, way: str) -> str:
    return f"DEMO-M-{place}-{episode}-{way}"


def _labels(place: int) -> list[dict[str, str]]:
    reason = "The former review: passed on for somebody else."
    return [
        {"transaction_external_id": _key(place, episode, way), "label": "1", "reason": reason}
        for episode in range(_EPISODES) for way in ("in", "out")
    ]  # fmt: skip


def _learn(context: WorkContext, progress: Progress) -> WorkResult:
    """A first version from one customer's labels, promoted; a second from both customers', in shadow; both score."""
    worker = system_actor("demonstration")
    inside = WorkContext(context.work_id, {"domain": "finance", "days": 120}, None, worker)
    ana, adam = (User.objects.get(username=name).actor for name in ("ana.analyst", "adam.admin"))
    for place, moves in enumerate(_MOVES):
        import_labels(rows=_labels(place), source="former review", by=ana)
        train_model(inside, progress)
        version = ModelVersion.objects.filter(domain="finance").latest("number")
        for move in moves:
            move_model(version_id=version.pk, move=move, by=adam)
    told = score_rows(inside, progress).told
    _propose_alerts(worker, adam, progress)
    return WorkResult(told, "/monitoring/models/")


def _propose_alerts(worker: Actor, adam: Actor, progress: Progress) -> None:
    """A policy by which the champion would raise alerts itself, tried on the past; somebody else has to approve it."""
    champion = ModelVersion.objects.get(domain="finance", state=ModelState.CHAMPION)
    policy = draft_model_alerts(
        model_id=champion.pk, measure=ModelMeasure.SCORE, at_least=99.5, daily_cap=5, severity=Severity.MEDIUM, by=adam
    )
    try_policy(WorkContext(champion.pk, {"version_id": str(policy.pk)}, None, worker), progress)
    move_version(version_id=policy.pk, move=ScenarioMove.PROPOSE, by=adam)


def look_again() -> int:
    """Every decided alert is looked at by another, who does not know that; how many were judged."""
    adam, ana = (User.objects.get(username=name).actor for name in ("adam.admin", "ana.analyst"))
    publish_sampling_policy(a_night=5, controls=20, second_looks=_SECOND_LOOKS, by=adam)
    keep_second_looks(by=system_actor("demonstration"))
    judged = 0
    for item in BlindItem.objects.filter(judged_at=None):
        try:
            judge_blind_item(item_id=item.pk, disposition=AlertDisposition.SUSPICIOUS, by=ana,
                             reason_code=AlertReason.KNOWN_TYPOLOGY, rationale="Day after day just below the line.")  # fmt: skip
            judged += 1
        except ProbityError as error:
            _log.warning("demonstration_refused", item=str(item.pk), reason=error.message)
    return judged


register_work(WorkKind(DEMO_MODELS, _learn, "The versions that are there by now stay."))
