"""The four-eyes policy, deadlines, checklists and assignment as data."""

from uuid import UUID

import pytest

from cases.blueprints.assignment import Worker, least_loaded, read_assignment
from cases.blueprints.checklists import DEFAULT_CHECKLISTS, read_checklists
from cases.blueprints.deadlines import DEFAULT_DEADLINES, read_deadlines
from cases.blueprints.eyes import DEFAULT_EYES, approvers_needed, read_eyes

ROWS, _ = read_eyes({"four_eyes": DEFAULT_EYES})


@pytest.mark.parametrize(
    ("decision", "rating", "amount", "lot", "needed"),
    [
        ("dismiss", "low", 0, 50, 0), ("dismiss", "low", 0, 5, 1), ("dismiss", "high", 0, 50, 1),
        ("dismiss", "low", 20_000, 50, 1), ("approve", "low", 0, 50, 1), ("file_sar", "low", 0, 50, 1),
    ],
)  # fmt: skip
def test_shipped_policy(decision: str, rating: str, amount: float, lot: float, needed: int) -> None:
    assert approvers_needed(ROWS, decision, rating, [], amount, lot) == needed


def test_without_a_policy_one_other_person_approves() -> None:
    assert approvers_needed((), "dismiss", "low", [], 0, 50) == 1


def test_two_levels_for_a_topic() -> None:
    rows, _ = read_eyes({"four_eyes": [{"decisions": ["approve"], "topics": ["pep"], "from_amount": 0, "eyes": "two"}]})
    assert approvers_needed(rows, "approve", "", ["alert", "pep"], 0, 50) == 2
    assert approvers_needed(rows, "approve", "", ["alert"], 0, 50) == 1


def test_fewer_eyes_for_anything_but_a_dismissal_is_a_fault() -> None:
    _, faults = read_eyes({"four_eyes": [{"decisions": ["approve"], "from_amount": 0, "eyes": "none"}]})
    assert [fault.pointer for fault in faults] == ["/four_eyes/0/eyes"]


def test_a_queues_own_deadline_comes_before_that_of_any() -> None:
    rows = [*DEFAULT_DEADLINES["rows"], {"queue": "Fast", "from_points": 0, "hours": 2}]
    deadlines, faults = read_deadlines({"rows": rows})
    assert not faults
    assert deadlines.minutes_for("Fast", 90, 10) == 120
    assert deadlines.minutes_for("Other", 90, 10) == 480


def test_two_deadlines_of_one_threshold_are_a_fault() -> None:
    _, faults = read_deadlines({"rows": [{"queue": "", "from_points": 5, "hours": 1}] * 2})
    assert [fault.pointer for fault in faults] == ["/rows/1/from_points"]


def test_a_checklist_with_an_unknown_condition_names_those_there_are() -> None:
    item = {"code": "x", "sentence": "X", "automatic": "the_moon_is_full"}
    _, faults = read_checklists({"items": [*DEFAULT_CHECKLISTS["items"], item]})
    assert "hits_decided" in faults[0].suggestion


def test_assignment_out_of_range_is_a_fault() -> None:
    assert read_assignment({"lease_minutes": 1, "cap": 0})[1]


def test_the_least_loaded_who_is_here_and_not_full_is_next() -> None:
    people = [
        Worker(UUID(int=1), 3, 10, True), Worker(UUID(int=2), 1, 10, True), Worker(UUID(int=3), 0, 10, False),
        Worker(UUID(int=4), 1, 1, True),
    ]  # fmt: skip
    chosen = least_loaded(people)
    assert chosen is not None
    assert chosen.person == UUID(int=2)
    assert least_loaded([people[2], people[3]]) is None
