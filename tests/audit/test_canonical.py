"""The exact bytes of an entry."""

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.log.canonical import canonical_bytes
from audit.log.leaves import chain_hash, leaf_hash

_LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False)
_TREES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(), _TREES))
def test_canonical_bytes_of_any_tree_are_ascii_and_stable(tree: dict[str, object]) -> None:
    raw = canonical_bytes(tree)
    assert raw.isascii()
    assert canonical_bytes(json.loads(raw)) == raw


@given(st.permutations(["b", "a", "é", "1"]))
def test_canonical_bytes_do_not_depend_on_key_order(keys: list[str]) -> None:
    assert canonical_bytes(dict.fromkeys(keys, 1)) == canonical_bytes({"1": 1, "a": 1, "b": 1, "é": 1})


def test_canonical_bytes_of_a_float_are_refused() -> None:
    with pytest.raises(TypeError, match="float has no canonical form"):
        canonical_bytes({"score": 0.1})


def test_canonical_bytes_of_a_naive_datetime_are_refused() -> None:
    with pytest.raises(TypeError, match="naive"):
        canonical_bytes({"at": datetime(2026, 1, 1)})  # noqa: DTZ001


def test_canonical_bytes_of_one_instant_in_two_zones_are_equal() -> None:
    there = timezone(timedelta(hours=5, minutes=30))
    moment = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
    assert canonical_bytes({"at": moment}) == canonical_bytes({"at": moment.astimezone(there)})


def test_canonical_bytes_keep_a_decimals_written_places() -> None:
    assert canonical_bytes({"share": Decimal("25.00")}) == b'{"share":"25.00"}'


def test_leaf_hash_of_empty_bytes_is_the_rfc_6962_value() -> None:
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(st.binary(), st.binary())
def test_chain_hash_differs_when_the_body_differs(one: bytes, other: bytes) -> None:
    assert (chain_hash(bytes(32), one) == chain_hash(bytes(32), other)) == (one == other)
