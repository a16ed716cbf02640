"""The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1): roots, inclusion proofs, consistency proofs. Pure.

Hashes are 32 bytes of SHA-256; a leaf is `SHA-256(0x00 ‖ body)` (`audit.log.leaves`), a node `SHA-256(0x01 ‖ left ‖ right)`.
A complete subtree is named by its level and index: level 0 holds the leaves, node (level, index) spans the leaves
`index·2^level` to `(index+1)·2^level - 1`.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, Protocol

EMPTY_ROOT = hashlib.sha256(b"").digest()


class NodeSource(Protocol):
    """Where the hashes of complete subtrees come from."""

    def node(self, level: int, index: int) -> bytes: ...


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Node(NamedTuple):
    """The hash of a complete subtree by its level and its number at that level."""

    level: int
    number: int
    hash: bytes


class Frontier:
    """The complete subtrees at the right edge of a tree, from the largest on: enough to append and to know the root."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if len(hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} subtrees at its edge, not {len(hashes)}")
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf: bytes) -> list[Node]:
        """Adds a leaf and joins the complete subtrees of equal height; gives those that became complete."""
        index, level, found = self.size, 0, []
        self.size += 1
        while index & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            index, level = index >> 1, level + 1
            found.append(Node(level, index, leaf))
        self.hashes.append(leaf)
        return found

    def root(self) -> bytes:
        """The root over every leaf so far."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def range_hash(source: NodeSource, start: int, end: int) -> bytes:
    """MTH(D[start:end]) for a range that the RFC's recursion reaches: its start is a multiple of its larger half."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return source.node(level, start >> level)
    middle = start + _larger_half(width)
    return node_hash(range_hash(source, start, middle), range_hash(source, middle, end))


def inclusion_path(source: NodeSource, index: int, size: int) -> list[bytes]:
    """PATH(index, D[0:size]): the siblings from the leaf to the root. Raises ValueError for a leaf beyond the tree."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _larger_half(end - start)
        if index < middle:
            path.append(range_hash(source, middle, end))
            end = middle
        else:
            path.append(range_hash(source, start, middle))
            start = middle
    return path[::-1]


def consistency_path(source: NodeSource, old: int, new: int) -> list[bytes]:
    """PROOF(old, D[0:new]): that the tree of `old` leaves is the beginning of the tree of `new`. 0 < old <= new."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} leaves is not the beginning of one of {new}")
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while end != old:
        middle = start + _larger_half(end - start)
        if old <= middle:
            path.append(range_hash(source, middle, end))
            end = middle
        else:
            path.append(range_hash(source, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(source, start, end))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2), or None where its length cannot be right."""
    if not 0 <= index < size:
        return None
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """True where the proof shows the old tree to be the beginning of the new one (RFC 9162 section 2.1.4.2)."""
    if old == new:
        return old_root == new_root and not path
    if not 0 < old < new or not path:
        return False
    hashes = list(path)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    return (first, second, last) == (old_root, new_root, 0)


def _larger_half(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
