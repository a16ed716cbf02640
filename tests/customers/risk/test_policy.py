"""Reading a rating policy's JSON."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.risk.policy import policy_as_json, policy_from_json
from customers.risk.rating import DEFAULT_POLICY

GOOD: dict[str, Any] = policy_as_json(DEFAULT_POLICY)
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8,
)  # fmt: skip


def test_policy_survives_its_json() -> None:
    assert policy_from_json(GOOD) == (DEFAULT_POLICY, [])


@pytest.mark.parametrize(("change", "pointer"), [
    ({"weights": GOOD["weights"] | {"geography": "many"}}, "/weights/geography"),
    ({"weights": GOOD["weights"] | {"pep": "-1"}}, "/weights/pep"),
    ({"weights": GOOD["weights"] | {"pep": "NaN"}}, "/weights/pep"),
    ({"weights": GOOD["weights"] | {"pep": "1.234"}}, "/weights/pep"),
    ({"weights": GOOD["weights"] | {"mood": "1"}}, "/weights/mood"),
    ({"weights": {}}, "/weights"), ({"weights": "heavy"}, "/weights"), ({"medium_from": None}, "/medium_from"),
    ({"high_from": "101"}, "/high_from"), ({"medium_from": "50", "high_from": "50"}, "/high_from"),
    ({"low_from": "1"}, "/low_from"),
])  # fmt: skip
def test_broken_policy_is_refused_with_a_pointer(change: dict[str, Any], pointer: str) -> None:
    shape, faults = policy_from_json(GOOD | change)
    assert shape is None
    assert [where for where, _ in faults] == [pointer]


@given(st.dictionaries(st.sampled_from(["weights", "medium_from", "high_from", "x"]), json_values))
def test_any_json_gives_a_policy_or_faults_but_no_error(data: dict[str, Any]) -> None:
    shape, faults = policy_from_json(data)
    assert (shape is None) == bool(faults)
