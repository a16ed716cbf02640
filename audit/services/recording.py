"""Writing to the record. Called directly by every service, inside the transaction of the change it records."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from audit.actions import Action, define
from audit.log.canonical import canonical_bytes
from audit.log.leaves import EMPTY_HEAD, chain_hash, entry_mac, leaf_hash
from audit.models import AuditEntry, AuditHead
from audit.sealing import seal
from core.actor import Actor
from core.clock import now
from core.context import request_id

PERSONAL_VIEWED = define("audit.personal_viewed", "looked at the personal data recorded of {after[of]}")
Values = Mapping[str, object]


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

    `before`, `after` and `reason` must hold no personal data; what is personal goes into `personal`, which is
    encrypted under the key of `subject_id` (required then). `stream` defaults to `<object_type>:<object_id>`; what
    belongs to a case is appended to `case:<id>`, so that the case has one chain.

    Side effects, in order: the subject's key on first use, the stream's head row locked, the entry inserted (which
    lists it as pending), the head moved.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record must run inside the transaction of its change")
    stream = stream or f"{object_type}:{object_id}"
    entry = AuditEntry(
        stream=stream,
        at=now(),
        action=action.code,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        object_type=object_type,
        object_id=str(object_id),
        subject_id=subject_id,
        request_id=request_id(),
    )
    told = {"before": before, "after": after, "reason": reason, "personal": _sealed(subject_id, personal)}
    return _append(entry, {key: value for key, value in told.items() if value})


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


def seal_entry(entry: AuditEntry, seq: int, head: bytes, told: Values) -> bytes:
    """Gives the entry its place after number `seq` of its stream, its exact bytes, hashes and MAC; the chain's new head."""
    entry.prev, entry.stream_seq = head, seq + 1
    entry.body = raw = canonical_bytes(_facts(entry) | dict(told))
    entry.leaf = leaf_hash(raw)
    entry.mac_key_id = max(settings.AUDIT_MAC_KEYS)
    entry.mac = entry_mac(settings.AUDIT_MAC_KEYS[entry.mac_key_id].encode(), raw)
    return chain_hash(head, raw)


def _append(entry: AuditEntry, told: Values) -> AuditEntry:
    """Seals the entry after its stream's locked head and inserts it."""
    head = _locked_head(entry.stream)
    after = seal_entry(entry, head.seq, bytes(head.head), told)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=entry.stream).update(seq=entry.stream_seq, head=after)
    return entry


def _facts(entry: AuditEntry) -> dict[str, object]:
    """The part of the body from which the search columns can be derived again."""
    return {
        "action": entry.action,
        "actor": {"kind": entry.actor_kind, "id": entry.actor_id, "name": entry.actor_name},
        "at": entry.at,
        "object": {"type": entry.object_type, "id": entry.object_id},
        "prev": entry.prev.hex(),
        "request_id": entry.request_id,
        "seq": entry.stream_seq,
        "stream": entry.stream,
        "subject_id": entry.subject_id,
    }


def _locked_head(stream: str) -> AuditHead:
    """The stream's head under a row lock, made on first use. Separate statements: no snapshot precedes the lock."""
    locked = AuditHead.objects.select_for_update().filter(pk=stream)
    head = locked.first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(stream=stream, seq=0, head=EMPTY_HEAD)], ignore_conflicts=True)
        head = locked.get()
    return head
