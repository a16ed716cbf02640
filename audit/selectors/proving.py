"""Entries with their proofs, for evidence that leaves the product."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from audit.log.merkle import inclusion_path
from audit.models import AuditCheckpoint, AuditLeaf
from audit.proofs import StoredNodes, consistency_proof
from audit.selectors.entries import entries_wanted
from core.exceptions import Unavailable

_AT_ONCE = 500


@dataclass(frozen=True)
class PlacedEntry:
    """The exact bytes of an entry, its place, and its path to the root of the newest checkpoint."""

    stream: str
    body: bytes
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class TreeBetween:
    """Two signed checkpoints and the proof that the earlier tree is the beginning of the newest, which has `size` entries."""

    earlier: str
    newest: str
    path: tuple[bytes, ...]
    size: int
    at: datetime


def placed_entries(
    wanted: Q, tree: TreeBetween, *, hidden: Q | None = None, waits: bool = True
) -> Iterator[PlacedEntry]:
    """The entries `wanted`, without those `hidden`, with their paths to the root of `tree.newest`; each stream in its order.

    Read some hundred at a time. One that is not yet under that root ends it with Unavailable where it `waits` for
    everything, and is left out otherwise. Of a stream whose chain must hold only its end may be hidden.
    """
    rows = entries_wanted(wanted, hidden)
    last = 0
    while chunk := list(rows.filter(pk__gt=last).values_list("pk", "stream", "body")[:_AT_ONCE]):
        last = chunk[-1][0]
        ids = [pk for pk, _, _ in chunk]
        places = dict(AuditLeaf.objects.filter(entry_id__in=ids, seq__lt=tree.size).values_list("entry_id", "seq"))
        if waits and len(places) < len(chunk):
            raise Unavailable("The newest entries are not placed in the tree yet. Try again in a second.")
        nodes = StoredNodes()
        for pk, stream, body in chunk:
            if pk in places:
                yield PlacedEntry(stream, bytes(body), places[pk], tuple(inclusion_path(nodes, places[pk], tree.size)))


def newest_tree() -> TreeBetween:
    """The newest checkpoint, and that the one before it is its beginning. Raises Unavailable before the first."""
    found = list(AuditCheckpoint.objects.all()[:2])
    if not found:
        raise Unavailable("The newest entries are not placed in the tree yet. Try again in a second.")
    newest, earlier = found[0], found[-1]
    path = consistency_proof(earlier.size, newest.size)
    return TreeBetween(earlier.note, newest.note, tuple(path), newest.size, newest.at)
