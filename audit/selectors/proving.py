"""Entries with their proofs, for evidence that leaves the product."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from audit.log.merkle import inclusion_path
from audit.models import AuditCheckpoint, AuditEntry, AuditLeaf
from audit.proofs import StoredNodes, consistency_proof


@dataclass(frozen=True)
class PlacedEntry:
    """The exact bytes of an entry, its place, and its path to the root of the newest checkpoint."""

    stream: str
    body: bytes
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class TreeBetween:
    """Two signed checkpoints and the proof that the earlier tree is the beginning of the newest."""

    earlier: str
    newest: str
    path: tuple[bytes, ...]


def placed_entries(*, stream: str, subject_id: UUID, hidden: Q | None = None) -> list[PlacedEntry] | None:
    """Every entry of a stream and every other about a data subject, by place; None while one still waits to be placed.

    `hidden` are entries to leave out: of the stream only its end may be, for its chain must hold.
    """
    wanted = Q(stream=stream) | Q(subject_id=subject_id)
    wanted = wanted & ~hidden if hidden is not None else wanted
    rows = {
        pk: (name, bytes(body))
        for pk, name, body in AuditEntry.objects.filter(wanted).values_list("pk", "stream", "body")
    }
    places = AuditLeaf.objects.filter(entry_id__in=rows).order_by("seq").values_list("seq", "entry_id")
    checkpoint = AuditCheckpoint.objects.first()
    if checkpoint is None or not rows or len(places) < len(rows):
        return None
    nodes, size = StoredNodes(), checkpoint.size
    return [PlacedEntry(*rows[pk], seq, tuple(inclusion_path(nodes, seq, size))) for seq, pk in places if seq < size]


def tree_between(size: int) -> TreeBetween:
    """From the first checkpoint of at least `size` entries to the newest."""
    newest = AuditCheckpoint.objects.latest("size")
    earlier = AuditCheckpoint.objects.filter(size__gte=size).earliest("size")
    path = consistency_proof(earlier.size, newest.size)
    return TreeBetween(earlier.note, newest.note, tuple(path))
