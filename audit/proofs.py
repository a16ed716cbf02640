"""Proofs from the stored tree: reads a few hundred hashes, however large the tree."""

from dataclasses import dataclass

from audit.log.merkle import consistency_path, inclusion_path, node_hash
from audit.models import AuditCheckpoint, AuditEntry, AuditLeaf, AuditNode

_TILE = 8
_WIDTH = 1 << _TILE


@dataclass(frozen=True)
class InclusionProof:
    """That an entry stands at `index` of the tree of `size` leaves whose root the signed `checkpoint` names."""

    entry_id: int
    leaf: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    checkpoint: str


class StoredNodes:
    """Hashes of complete subtrees: tiles of 256 are read whole and joined here; tiles once read are kept."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[list[bytes]]] = {}

    def node(self, level: int, index: int) -> bytes:
        """The subtree's hash; `source` of `audit.log.merkle`."""
        height, within = divmod(level, _TILE)
        base, tile = height * _TILE, (index << within) >> _TILE
        rows = self._tile(base, tile)
        return rows[within][index - ((tile << _TILE) >> within)]

    def _tile(self, base: int, tile: int) -> list[list[bytes]]:
        known = self._tiles.get((base, tile))
        if known is None:
            known = self._tiles[base, tile] = [_read(base, tile)]
            while len(known[-1]) > 1:
                below = known[-1]
                known.append([node_hash(*below[at : at + 2]) for at in range(0, len(below) - 1, 2)])
        return known


def inclusion_proof(entry: AuditEntry, checkpoint: AuditCheckpoint | None = None) -> InclusionProof | None:
    """The proof against `checkpoint`, else the newest; None where the entry is not yet in it."""
    checkpoint = checkpoint or AuditCheckpoint.objects.first()
    leaf = AuditLeaf.objects.filter(entry_id=entry.pk).first()
    if checkpoint is None or leaf is None or leaf.seq >= checkpoint.size:
        return None
    path = inclusion_path(StoredNodes(), leaf.seq, checkpoint.size)
    return InclusionProof(entry.pk, bytes(leaf.leaf), leaf.seq, checkpoint.size, tuple(path), checkpoint.note)


def consistency_proof(old: int, new: int) -> list[bytes]:
    """That the tree of `old` leaves is the beginning of the tree of `new`."""
    return consistency_path(StoredNodes(), old, new)


def _read(base: int, tile: int) -> list[bytes]:
    first, end = tile * _WIDTH, (tile + 1) * _WIDTH
    if base == 0:
        leaves = AuditLeaf.objects.filter(seq__gte=first, seq__lt=end).order_by("seq")
        return [bytes(found) for found in leaves.values_list("leaf", flat=True)]
    nodes = AuditNode.objects.filter(level=base, index__gte=first, index__lt=end).order_by("index")
    return [bytes(found) for found in nodes.values_list("hash", flat=True)]
