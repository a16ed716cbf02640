"""The language of `when`: what holds, what does not, what is missing; and any text ends in a condition or a remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.conditions import ConditionInvalid, holds, parse_condition, parse_path

VALUES = {
    "inputs": {"kind": "person", "amount": 12000, "quiet": False, "tags": ["pep", "vip"]},
    "steps": {"Screen": {"raised": 2, "lists": {"un": 1}}},
    "item": {"name": "a.pdf", "pages": 3},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('inputs.kind == "person"', True), ('inputs.kind != "person"', False), ("inputs.amount > 10000", True),
        ("inputs.amount between 1 and 5", False), ('inputs.kind in ["person", "company"]', True),
        ('inputs.tags contains "pep"', True), ('step("Screen").raised >= 2 and not inputs.quiet', True),
        ('step("Screen").lists.un == 1', True), ("item.pages < 3", False), ("inputs.quiet", False),
        ("inputs.unknown is missing", True), ("inputs.unknown > 3", False), ("not inputs.unknown > 3", True),
        ('inputs.kind > 3', False), ('(inputs.quiet or item.pages == 3) and inputs.amount > 1.5', True),
        ('inputs.kind == "per\\"son"', False),
    ],
)  # fmt: skip
def test_a_condition_over_values(text: str, expected: bool) -> None:
    assert holds(parse_condition(text), VALUES) is expected


def test_a_path_leads_to_its_value_or_to_none() -> None:
    assert parse_path('step("Screen").lists').value(VALUES) == {"un": 1}
    assert parse_path("item").value(VALUES) == VALUES["item"]
    assert parse_path("inputs.kind.deeper").value(VALUES) is None


@pytest.mark.parametrize(
    "text", ["", "and", "inputs.a ==", "(inputs.a", "inputs.a inputs.b", "step(One).x", "1 in 2", "x" * 3000]
)
def test_what_is_no_condition_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ConditionInvalid) as refused:
        parse_condition(text)
    assert refused.value.suggestion


@given(st.text(alphabet='inputs.item()[]"<>=! andotrbewmg0123step,', max_size=80))
def test_any_text_ends_in_a_condition_or_a_refusal(text: str) -> None:
    try:
        holds(parse_condition(text), VALUES)
    except ConditionInvalid:
        return
