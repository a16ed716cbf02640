"""Versions of models: kept, moved from draft to champion and back, and what they said of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.words import said
from monitoring import actions
from monitoring.enums import ModelMove, ModelState
from monitoring.exceptions import MoveNotAllowed, TrainerCannotApprove
from monitoring.models import ModelArtefact, ModelVersion, RowScore
from monitoring.promotion import PROMOTIONS

_BATCH = 500


@dataclass(frozen=True)
class NewScore:
    """A score to keep. One of the two keys is given."""

    score: float
    percentile: float
    unusual: float
    is_flagged: bool
    explanation: dict[str, Any]
    transaction_id: UUID | None = None
    event_id: UUID | None = None
    inputs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """The rows that a version last looked at: how many, and of each column how it drifted (population stability index) and the
    shares of the rows in the bins of training, rows without a value first."""

    rows: int = 0
    drift: dict[str, float] = field(default_factory=dict)
    spread: dict[str, list[float]] = field(default_factory=dict)


@transaction.atomic
def keep_model(
    *, domain: str, content: bytes, checksum: str, manifest: dict[str, Any], metrics: dict[str, Any], by: Actor
) -> ModelVersion:
    """A new draft. Side effects: the version with its artefact, an audit entry."""
    last = ModelVersion.objects.select_for_update().filter(domain=domain).aggregate(last=Max("number"))["last"] or 0
    trainer = User.objects.filter(pk=by.id).first() if by.is_person else None
    version = ModelVersion.objects.create(
        domain=domain, number=last + 1, checksum=checksum, manifest=manifest, metrics=metrics, trained_by=trainer
    )
    ModelArtefact.objects.create(version=version, content=content)
    record(actions.MODEL_TRAINED, by=by, object_type="model", object_id=version.pk, stream="config", after={
        **_told(version), "checksum": checksum, "data_sha256": manifest.get("data_sha256", ""),
    })  # fmt: skip
    return version


@transaction.atomic
def move_model(*, version_id: UUID, move: ModelMove, by: Actor) -> ModelVersion:
    """Validates, approves, runs in shadow, promotes, restores or retires a version; see `monitoring.promotion`.

    Side effects: the version; the one that had the place before is retired; an audit entry. Raises NotAPerson,
    MoveNotAllowed, TrainerCannotApprove.
    """
    person = person_for_actor(by)
    version, told = ModelVersion.objects.select_for_update().get(pk=version_id), PROMOTIONS[move]
    if version.state not in told.origins or (told.was_champion and version.was_champion_at is None):
        raise MoveNotAllowed(
            said("A version that is {state} cannot do this.", state=version.get_state_display().lower())
        )
    if told.by_another and version.trained_by_id == person.pk:
        raise TrainerCannotApprove("Another person approves and promotes what you trained.")
    if told.goal in {ModelState.CHALLENGER, ModelState.CHAMPION}:
        others = ModelVersion.objects.filter(domain=version.domain, state=told.goal)
        others.update(state=ModelState.RETIRED)
    version.state = told.goal
    if told.goal == ModelState.VALIDATED:
        version.validated_by = person
    if told.goal == ModelState.APPROVED:
        version.approved_by = person
    if told.goal == ModelState.CHAMPION:
        version.was_champion_at = now()
    version.save(update_fields=["state", "validated_by", "approved_by", "was_champion_at"])
    after = {**_told(version), "move": move.label}
    record(actions.MODEL_MOVED, by=by, object_type="model", object_id=version.pk, stream="config", after=after)
    return version


@transaction.atomic
def keep_scores(*, version_id: UUID, scores: Sequence[NewScore], seen: Seen, by: Actor) -> None:
    """What a version said of rows that it has seen; what it said of the same rows before gives way.

    Side effects: the scores, the version's drift and spread, an audit entry.
    """
    version = ModelVersion.objects.select_for_update().get(pk=version_id)
    transactions = [item.transaction_id for item in scores if item.transaction_id]
    events = [item.event_id for item in scores if item.event_id]
    version.scores.filter(transaction_id__in=transactions).delete()
    version.scores.filter(event_id__in=events).delete()
    RowScore.objects.bulk_create([RowScore(version=version, **vars(item)) for item in scores], batch_size=_BATCH)
    version.drift, version.spread = seen.drift, seen.spread
    version.save(update_fields=["drift", "spread"])
    after = {**_told(version), "rows": seen.rows, "kept": len(scores)}
    record(actions.MODEL_SCORED, by=by, object_type="model", object_id=version.pk, stream="config", after=after)


@transaction.atomic
def record_model_export(*, version: ModelVersion, what: str, by: Actor) -> None:
    """Keeps that somebody took a version's report, measures or log. Side effect: an audit entry."""
    after = {**_told(version), "what": what}
    record(actions.MODEL_EXPORTED, by=by, object_type="model", object_id=version.pk, stream="config", after=after)


def _told(version: ModelVersion) -> dict[str, Any]:
    return {"domain": version.domain, "number": version.number}
