"""The priority and its formula."""

from hypothesis import given
from hypothesis import strategies as st

from cases.blueprints.priority import DEFAULT_PRIORITY, PriorityFacts, pressure_of, read_priority

SHAPE, _ = read_priority(DEFAULT_PRIORITY)
FACTS = st.builds(PriorityFacts, st.sampled_from(["", "low", "medium", "high"]), st.floats(0, 1e9), st.integers(0, 100))


def test_formula_shows_the_weights_in_force() -> None:
    shape, _ = read_priority(DEFAULT_PRIORITY | {"weights": {"risk": 1, "deadline": 1, "amount": 1, "links": 1}})
    assert shape.formula == "100 · (0.25 · risk + 0.25 · deadline + 0.25 · amount + 0.25 · links)"


@given(FACTS, st.floats(0, 1))
def test_priority_of_any_case_is_between_0_and_100(facts: PriorityFacts, pressure: float) -> None:
    assert 0 <= SHAPE.priority(facts, pressure) <= 100


@given(FACTS, st.floats(0, 1), st.floats(0, 1))
def test_priority_grows_with_the_pressure_of_the_deadline(facts: PriorityFacts, one: float, other: float) -> None:
    assert SHAPE.priority(facts, min(one, other)) <= SHAPE.priority(facts, max(one, other))


def test_high_risk_of_a_large_amount_past_its_deadline_is_100() -> None:
    assert SHAPE.priority(PriorityFacts("high", 1e6, 9), pressure_of(0, 480, 999)) == 100


def test_explanation_has_the_cases_own_values() -> None:
    told = SHAPE.explanation(PriorityFacts("high", 0, 1, boost=10), 0.5)
    assert told == "risk 1.00 × 45 + deadline 0.50 × 35 + amount 0.00 × 10 + links 0.20 × 10 + escalated 10"


def test_weights_that_are_all_zero_or_no_numbers_are_faults() -> None:
    wrong = DEFAULT_PRIORITY | {"weights": {"risk": 0, "deadline": 0, "amount": 0, "links": "a lot"}}
    assert {fault.pointer for fault in read_priority(wrong)[1]} == {"/weights", "/weights/links"}
