"""Writing to the record. Called directly by every service, inside the transaction of the change it records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from audit.actions import Action, define
from audit.models import AuditEntry
from audit.sealing import seal
from audit.services.appending import append_many, append_one
from core.actor import Actor
from core.clock import now
from core.context import request_id

PERSONAL_VIEWED = define("audit.personal_viewed", "looked at the personal data recorded of {after[of]}")
Values = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What an entry tells. `before`, `after` and `reason` hold no personal data; what is personal goes into `personal`,
    which is encrypted under the key of `subject_id` (required then). `stream` defaults to `<object_type>:<object_id>`."""

    action: Action
    object_type: str
    object_id: object
    stream: str = ""
    before: Values | None = None
    after: Values | None = None
    personal: Values | None = None
    subject_id: UUID | None = None
    reason: str = ""


def record(
    action: Action,
    *,
    by: Actor,
    object_type: str,
    object_id: object,
    stream: str = "",
    before: Values | None = None,
    after: Values | None = None,
    personal: Values | None = None,
    subject_id: UUID | None = None,
    reason: str = "",
) -> AuditEntry:
    """Appends one entry, as the last statements of the caller's transaction; raises where there is none.

    The values are those of a `Happening`; what belongs to a case is appended to `case:<id>`, so that the case has one
    chain. Side effects, in order: the subject's key on first use, the stream's head row locked, the entry inserted
    (which lists it as pending), the head moved.
    """
    happening = Happening(
        action=action, object_type=object_type, object_id=object_id, stream=stream,
        before=before, after=after, personal=personal, subject_id=subject_id, reason=reason,
    )  # fmt: skip
    return append_one(*_draft(happening, by))


def record_many(*, by: Actor, happenings: Iterable[Happening]) -> list[AuditEntry]:
    """Appends many entries in the order given, in a handful of statements: `record` for bulk work, same guarantees.

    Every stream named is locked until the end of the transaction, so call it last, and not for a whole night's work at
    once: a thousand is a good batch. Raises where there is no transaction.
    """
    drafts = [_draft(happening, by) for happening in happenings]
    return append_many(drafts) if drafts else []


def _draft(told: Happening, by: Actor) -> tuple[AuditEntry, Values]:
    entry = AuditEntry(
        stream=told.stream or f"{told.object_type}:{told.object_id}",
        at=now(),
        action=told.action.code,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        object_type=told.object_type,
        object_id=str(told.object_id),
        subject_id=told.subject_id,
        request_id=request_id(),
    )
    values = {"before": told.before, "after": told.after, "reason": told.reason,
              "personal": _sealed(told.subject_id, told.personal)}  # fmt: skip
    return entry, {name: value for name, value in values.items() if value}


def sealed_for(*, subject_id: UUID, personal: Values) -> str:
    """`personal` as ciphertext under the subject's key, for rows elsewhere that are to be forgotten with the subject.

    Side effect: the subject's key on first use. Raises ValueError where the key has been destroyed.
    """
    return seal(subject_id, personal)


@transaction.atomic
def record_personal_view(*, what: str, by: Actor) -> None:
    """Records that somebody had the personal data inside entries decrypted for reading."""
    record(PERSONAL_VIEWED, by=by, object_type="audit", object_id=what[:64], stream="audit:views", after={"of": what})


def _sealed(subject_id: UUID | None, personal: Values | None) -> str:
    if not personal:
        return ""
    if subject_id is None:
        raise ValueError("personal data needs the data subject whose key encrypts it")
    return seal(subject_id, personal)
