"""Entries, and entries as people read them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from audit.actions import sentence_for
from audit.models import AuditEntry, AuditHead
from audit.sealing import unseal


@dataclass(frozen=True)
class EntryFilter:
    """Which entries: every given part must fit. Dates are inclusive."""

    object_type: str = ""
    object_id: str = ""
    actor: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ValueChange:
    """One value before and after; an empty text where there was or is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class EntryRow:
    """An entry as people read it: a sentence, the values that changed, personal values where they may be shown."""

    id: int
    at: datetime
    actor_name: str
    actor_kind: str
    action: str
    sentence: str
    object_type: str
    object_id: str
    reason: str
    changes: tuple[ValueChange, ...]
    personal: tuple[tuple[str, str], ...]
    has_personal: bool
    request_id: str
    stream: str
    stream_seq: int
    leaf: str


def entries_matching(wanted: EntryFilter) -> QuerySet[AuditEntry]:
    """Entries newest first."""
    rows = AuditEntry.objects.order_by("-id")
    exact = {"object_type": wanted.object_type, "object_id": wanted.object_id, "action": wanted.action}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.actor:
        rows = rows.filter(actor_name__icontains=wanted.actor)
    if wanted.since:
        rows = rows.filter(at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__date__lte=wanted.until)
    return rows


def entries_for_object(object_type: str, object_id: object) -> QuerySet[AuditEntry]:
    """Everything recorded about one object, newest first."""
    return AuditEntry.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("-id")


def entries_for_stream(stream: str) -> QuerySet[AuditEntry]:
    """Everything on one stream, newest first: for `case:<id>` the whole story of a case."""
    return AuditEntry.objects.filter(stream=stream).order_by("-stream_seq")


def entries_wanted(wanted: Q, hidden: Q | None = None) -> QuerySet[AuditEntry]:
    """Entries `wanted` without those `hidden`, oldest first."""
    rows = AuditEntry.objects.filter(wanted).order_by("pk")
    return rows if hidden is None else rows.exclude(hidden)


def counts_by_action(entries: QuerySet[AuditEntry]) -> list[tuple[str, int]]:
    """How many entries there are of each action, the most frequent first."""
    found = entries.order_by().values_list("action").annotate(count=Count("pk")).order_by("-count", "action")
    return list(found)


def stream_length(stream: str) -> int:
    """How many entries a stream has: the number of its newest."""
    return AuditHead.objects.filter(pk=stream).values_list("seq", flat=True).first() or 0


def first_looks(subject_ids: Iterable[UUID], *, since: datetime) -> dict[tuple[UUID, str], list[datetime]]:
    """When each actor (by id) is on the record with each of these data subjects, from `since` on, oldest first."""
    found: dict[tuple[UUID, str], list[datetime]] = defaultdict(list)
    rows = AuditEntry.objects.filter(subject_id__in=list(subject_ids), at__gte=since).order_by("id")
    for subject, actor, at in rows.values_list("subject_id", "actor_id", "at"):
        if subject is not None:
            found[subject, actor].append(at)
    return found


def rows_from(entries: Iterable[AuditEntry], *, with_personal: bool) -> list[EntryRow]:
    """Entries as rows for people; personal values are decrypted only with `with_personal`."""
    return [_row(entry, with_personal=with_personal) for entry in entries]


def _row(entry: AuditEntry, *, with_personal: bool) -> EntryRow:
    body = json.loads(bytes(entry.body))
    sealed = str(body.get("personal", ""))
    return EntryRow(
        id=entry.pk,
        at=entry.at,
        actor_name=entry.actor_name,
        actor_kind=entry.actor_kind,
        action=entry.action,
        sentence=sentence_for(entry.action, body),
        object_type=entry.object_type,
        object_id=entry.object_id,
        reason=str(body.get("reason", "")),
        changes=_changes(body),
        personal=_personal(entry, sealed) if with_personal else (),
        has_personal=bool(sealed),
        request_id=entry.request_id,
        stream=entry.stream,
        stream_seq=entry.stream_seq,
        leaf=bytes(entry.leaf).hex(),
    )


def _changes(body: dict[str, dict[str, object]]) -> tuple[ValueChange, ...]:
    before, after = body.get("before", {}), body.get("after", {})
    names = list(dict.fromkeys([*before, *after]))
    return tuple(ValueChange(name, _shown(before.get(name)), _shown(after.get(name))) for name in names)


def _personal(entry: AuditEntry, sealed: str) -> tuple[tuple[str, str], ...]:
    if not sealed or entry.subject_id is None:
        return ()
    clear = unseal(entry.subject_id, sealed)
    if clear is None:
        return (("erased", "the key of this data subject has been destroyed"),)
    return tuple((name, _shown(value)) for name, value in clear.items())


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def entry_with_leaf(leaf: str) -> AuditEntry | None:
    """The entry of a leaf hash in hexadecimal, as receipts and exports name it."""
    try:
        raw = bytes.fromhex(leaf)
    except ValueError:
        return None
    return AuditEntry.objects.filter(leaf=raw).first()


def receipt_for(object_type: str, object_id: object) -> str:
    """The leaf hash of the newest entry about an object, in hexadecimal: what its proof is asked for by."""
    entry = entries_for_object(object_type, object_id).only("leaf").first()
    return bytes(entry.leaf).hex() if entry else ""


def unsealed_for(subject_id: UUID, sealed: str) -> dict[str, object] | None:
    """What `services.sealed_for` sealed, or None where the subject's key has been destroyed."""
    return unseal(subject_id, sealed)
