"""Putting sealed entries behind the locked ends of their streams: two statements for one, a few for many.

Plain SQL where the mapper would cost more than the database does. The lock is always a statement of its own, before the
one that writes: one statement has one snapshot, and that would be older than the lock it waits for.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit.log.canonical import canonical_bytes
from audit.log.leaves import EMPTY_HEAD, chain_hash, entry_mac, leaf_hash
from audit.models import AuditEntry, AuditHead

End = tuple[int, bytes]
Told = Mapping[str, object]
_AT_ONCE = 500
_LOCK = "SELECT seq, head FROM audit_head WHERE stream = %s"
_BEGIN = "INSERT INTO audit_head (stream, seq, head) VALUES (%s, 0, %s) ON CONFLICT (stream) DO NOTHING RETURNING seq"
_MOVE = "UPDATE audit_head SET seq = %s, head = %s WHERE stream = %s"
_HEAD = AuditHead._meta.get_field("head")
_FIELDS = [field for field in AuditEntry._meta.concrete_fields if not field.primary_key]
_COLUMNS = ", ".join(str(field.column) for field in _FIELDS)
_INSERT = f"INSERT INTO audit_entry ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(_FIELDS))}) RETURNING id"  # noqa: S608 - names of columns


def seal_entry(entry: AuditEntry, seq: int, head: bytes, told: Told) -> bytes:
    """Gives the entry its place after number `seq` of its stream, its exact bytes, hashes and MAC; the chain's new head."""
    entry.prev, entry.stream_seq = head, seq + 1
    entry.body = raw = canonical_bytes(_facts(entry) | dict(told))
    entry.leaf = leaf_hash(raw)
    entry.mac_key_id = max(settings.AUDIT_MAC_KEYS)
    entry.mac = entry_mac(settings.AUDIT_MAC_KEYS[entry.mac_key_id].encode(), raw)
    return chain_hash(head, raw)


def append_one(entry: AuditEntry, told: Told) -> AuditEntry:
    """Locks the stream's end, seals the entry behind it, inserts it and moves the end.

    Raises TransactionManagementError outside a transaction.
    """
    _refuse_outside_transaction()
    with connection.cursor() as cursor:
        end = seal_entry(entry, *_locked_end(cursor, entry.stream), told)
        moved = [entry.stream_seq, _HEAD.get_db_prep_save(end, connection), entry.stream]
        values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in _FIELDS]
        if connection.vendor == "postgresql":
            cursor.execute(f"WITH moved AS ({_MOVE}) {_INSERT}", [*moved, *values])
        else:
            cursor.execute(_MOVE, moved)
            cursor.execute(_INSERT, values)
        entry.pk = cursor.fetchone()[0]
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def append_many(drafts: Sequence[tuple[AuditEntry, Told]]) -> list[AuditEntry]:
    """The same for many at once, in the order given. Streams are locked in the order of their names, so that two batches
    never wait for each other in a ring.

    Raises TransactionManagementError outside a transaction.
    """
    _refuse_outside_transaction()
    ends = _locked_ends({entry.stream for entry, _ in drafts})
    for entry, told in drafts:
        head = seal_entry(entry, *ends[entry.stream], told)
        ends[entry.stream] = (entry.stream_seq, head)
    entries = AuditEntry.objects.bulk_create([entry for entry, _ in drafts], batch_size=_AT_ONCE)
    AuditHead.objects.bulk_create(
        [AuditHead(stream=stream, seq=seq, head=head) for stream, (seq, head) in ends.items()],
        update_conflicts=True, unique_fields=["stream"], update_fields=["seq", "head"], batch_size=_AT_ONCE,
    )  # fmt: skip
    return entries


def _refuse_outside_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record must run inside the transaction of its change")


def _locked_end(cursor: CursorWrapper, stream: str) -> End:
    """The stream's end under a row lock; the row is made on first use (and is then this transaction's own)."""
    lock = f"{_LOCK} FOR UPDATE" if connection.features.has_select_for_update else _LOCK
    cursor.execute(lock, [stream])
    row = cursor.fetchone()
    if row is None:
        cursor.execute(_BEGIN, [stream, _HEAD.get_db_prep_save(EMPTY_HEAD, connection)])
        if cursor.fetchone():
            return 0, EMPTY_HEAD
        cursor.execute(lock, [stream])
        row = cursor.fetchone()
    return row[0], bytes(row[1])


def _locked_ends(streams: Iterable[str]) -> dict[str, End]:
    """The same for many: what is missing is made before anything is locked."""
    wanted = sorted(streams)
    ends: dict[str, End] = {}
    known: set[str] = set()
    parts = [wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE)]
    for part in parts:
        known.update(AuditHead.objects.filter(pk__in=part).values_list("stream", flat=True))
    fresh = [AuditHead(stream=stream, seq=0, head=EMPTY_HEAD) for stream in wanted if stream not in known]
    AuditHead.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=_AT_ONCE)
    for part in parts:
        locked = AuditHead.objects.select_for_update().filter(pk__in=part).order_by("stream")
        ends |= {stream: (seq, bytes(head)) for stream, seq, head in locked.values_list("stream", "seq", "head")}
    return ends


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
