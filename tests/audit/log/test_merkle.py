"""The tree of RFC 6962: against the RFC's own recursion, and proofs that fail when anything is changed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.log.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    inclusion_path,
    is_consistent,
    node_hash,
    range_hash,
    root_from_inclusion,
)

SIZES = st.integers(1, 300)


def leaves(size: int) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + str(number).encode()).digest() for number in range(size)]


def mth(hashes: list[bytes]) -> bytes:
    """MTH as RFC 6962 section 2.1 writes it."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\x01" + mth(hashes[:half]) + mth(hashes[half:])).digest()


class Leaves:
    """Complete subtrees straight from a list of leaves."""

    def __init__(self, size: int) -> None:
        self.hashes = leaves(size)

    def node(self, level: int, index: int) -> bytes:
        part = self.hashes[index << level : (index + 1) << level]
        assert len(part) == 1 << level, "asked for a subtree that is not complete"
        return mth(part)


def frontier_of(hashes: list[bytes]) -> Frontier:
    edge = Frontier()
    for leaf in hashes:
        edge.append(leaf)
    return edge


def test_the_empty_tree_has_the_hash_of_nothing_as_its_root() -> None:
    assert Frontier().root() == EMPTY_ROOT == mth([])


@given(SIZES)
def test_frontier_and_range_give_the_root_of_the_rfc(size: int) -> None:
    assert frontier_of(leaves(size)).root() == range_hash(Leaves(size), 0, size) == mth(leaves(size))


@given(SIZES, st.data())
def test_a_frontier_taken_up_again_goes_on_as_if_never_left(size: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, size))
    first = frontier_of(leaves(cut))
    resumed = Frontier(first.size, first.hashes)
    for leaf in leaves(size)[cut:]:
        resumed.append(leaf)
    assert resumed.root() == mth(leaves(size))


@given(SIZES, st.data())
def test_an_inclusion_proof_leads_to_the_root_and_for_no_other_leaf_or_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path, leaf, root = inclusion_path(Leaves(size), index, size), leaves(size)[index], mth(leaves(size))
    assert root_from_inclusion(leaf, index, size, path) == root
    assert root_from_inclusion(node_hash(leaf, leaf), index, size, path) != root
    assert root_from_inclusion(leaf, index, size, [*path, leaf]) != root
    if size > 1:
        assert root_from_inclusion(leaf, (index + 1) % size, size, path) != root
        assert root_from_inclusion(leaf, index, size, path[:-1]) != root


@given(SIZES, st.data())
def test_a_consistency_proof_holds_and_for_no_other_root(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    path = consistency_path(Leaves(size), old, size)
    old_root, root = mth(leaves(old)), mth(leaves(size))
    assert is_consistent(old, old_root, size, root, path)
    assert not is_consistent(old, root[::-1], size, root, path)
    assert not is_consistent(old, old_root, size, old_root[::-1], path)
    if path:
        assert not is_consistent(old, old_root, size, root, path[:-1])


def test_proofs_beyond_the_tree_are_refused() -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion_path(Leaves(3), 3, 3)
    with pytest.raises(ValueError, match="not the beginning"):
        consistency_path(Leaves(3), 4, 3)
    with pytest.raises(ValueError, match="subtrees at its edge"):
        Frontier(3, [])
    assert root_from_inclusion(EMPTY_ROOT, 5, 3, []) is None
