"""Placing entries in the tree: the sequencer. One at a time over all processes; a crash rolls back and repairs nothing.

Works off the pending list, never a cursor over ids: ids are drawn before the commit, so a cursor skips what commits late.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction

from audit.alarms import raise_alarm
from audit.anchors.file import FileAnchor
from audit.epochs import current_epoch, epoch_of, origin_of
from audit.exceptions import RestoreNotDeclared
from audit.keys import signers, verifiers
from audit.log.checkpoints import Checkpoint, parse_checkpoint
from audit.log.examining import SealedEntry, examine
from audit.log.leaves import EMPTY_HEAD, chain_hash
from audit.log.merkle import Frontier, Node
from audit.log.notes import open_note, sign_note
from audit.models import AuditCheckpoint, AuditNode, AuditPending, AuditPlaced
from audit.rows import entries_of
from core.clock import now
from core.words import said

MOST_AT_ONCE = 5000
_LOCK = 0x50726F62  # "Prob": any constant that no other advisory lock here uses
_TILE = 8
_ROWS = 1000
_TAKE = (
    "DELETE FROM audit_pending WHERE entry_id IN (SELECT entry_id FROM audit_pending ORDER BY entry_id LIMIT %s) "
    "RETURNING entry_id"
)
_HASH = 32


@dataclass
class _Batch:
    """What one transaction adds."""

    edge: Frontier
    ends: dict[str, tuple[int, bytes]]
    leaves: list[tuple[int, int, bytes]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    def place(self, entry: SealedEntry) -> None:
        """Gives the entry the next place, and its chain's new end."""
        self.leaves.append((self.edge.size, entry.id, entry.leaf))
        self.nodes += [node for node in self.edge.append(entry.leaf) if node.level % _TILE == 0]
        self.ends[entry.stream] = (entry.stream_seq, chain_hash(entry.prev, entry.body))


def record_is_waiting() -> bool:
    """True where entries wait to be placed."""
    return AuditPending.objects.exists()


@transaction.atomic
def place_pending(limit: int = MOST_AT_ONCE) -> int:
    """Places up to `limit` waiting entries and signs the new checkpoint; how many were placed.

    An entry whose MAC, hash or chain does not fit is never placed: it is taken off the list and an alarm names it.
    Side effects, in order: the sequencer's lock, leaves and subtrees, the ends of streams, the checkpoint. Does
    nothing where another process holds the lock. Raises RestoreNotDeclared where the anchor file knows more than this
    database.
    """
    if not _alone():
        return 0
    waiting = _taken(limit)
    if not waiting:
        return 0
    last = AuditCheckpoint.objects.first()
    epoch = current_epoch()
    _refuse_rollback(last.size if last else 0, epoch)
    batch = _placed(waiting, Frontier(last.size, _hashes(bytes(last.frontier))) if last else Frontier())
    if batch.leaves:
        _store(batch, origin_of(epoch))
    return len(batch.leaves)


def _alone() -> bool:
    """Takes the sequencer's lock until the end of the transaction. SQLite's writer is alone already."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _taken(limit: int) -> list[int]:
    """Takes the first ids off the pending list, in one statement: what it took is what is placed."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [limit])
        return sorted(entry_id for (entry_id,) in cursor.fetchall())


def _placed(waiting: list[int], edge: Frontier) -> _Batch:
    found = entries_of(waiting)
    rows = [found[entry_id] for entry_id in waiting if entry_id in found]
    streams = {entry.stream for entry in rows}
    known = AuditPlaced.objects.filter(pk__in=streams).values_list("stream", "seq", "head")
    batch = _Batch(edge, {stream: (seq, bytes(head)) for stream, seq, head in known})
    for entry in rows:
        seq, head = batch.ends.get(entry.stream, (0, EMPTY_HEAD))
        fault = examine(entry, settings.AUDIT_MAC_KEYS, after=(seq, head))
        if fault:
            raise_alarm("entry_refused", f"entry {entry.id} of {entry.stream}: {fault}", entry.id)
        else:
            batch.place(entry)
    return batch


def _store(batch: _Batch, origin: str) -> None:
    for start in range(0, len(batch.leaves), _ROWS):
        _insert_leaves(batch.leaves[start : start + _ROWS])
    AuditNode.objects.bulk_create(
        [AuditNode(level=node.level, index=node.number, hash=node.hash) for node in batch.nodes]
    )
    touched = [AuditPlaced(stream=stream, seq=seq, head=head) for stream, (seq, head) in batch.ends.items()]
    AuditPlaced.objects.bulk_create(
        touched, update_conflicts=True, unique_fields=["stream"], update_fields=["seq", "head"], batch_size=1000
    )
    edge = batch.edge
    text = Checkpoint(origin, edge.size, edge.root()).as_text()
    AuditCheckpoint.objects.create(
        size=edge.size, note=sign_note(text, signers()), frontier=b"".join(edge.hashes), at=now()
    )


def _insert_leaves(leaves: list[tuple[int, int, bytes]]) -> None:
    """Plain SQL: the mapper would cost more than the database does."""
    values = ", ".join(["(%s, %s, %s)"] * len(leaves))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO audit_leaf (seq, entry_id, leaf) VALUES {values}",  # noqa: S608 - placeholders alone
                       [value for leaf in leaves for value in leaf])  # fmt: skip


def _hashes(packed: bytes) -> list[bytes]:
    return [packed[start : start + _HASH] for start in range(0, len(packed), _HASH)]


def _refuse_rollback(size: int, epoch: int) -> None:
    """Never two trees of one size under one origin: a database behind its anchor signs nothing until that is declared."""
    note = FileAnchor(settings.AUDIT_ANCHOR_FILE).last()
    if not note:
        return
    anchored = parse_checkpoint(open_note(note, verifiers()))
    anchored_epoch = epoch_of(anchored.origin)
    if (anchored_epoch, anchored.size) > (epoch, size):
        raise RestoreNotDeclared(
            said(
                "The anchor holds {size} entries of {origin}, this database {size_2} of {origin_of}: it was rolled back or restored. "
                "Say so with `manage.py declare_restore`.",
                size=anchored.size,
                origin=anchored.origin,
                size_2=size,
                origin_of=origin_of(epoch),
            )
        )
