"""The transition table and the pure parts of the policy."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.enums import CaseStatus
from cases.policies import DEFAULT_RULES, CaseFacts, approval_conditions, approver_roles
from cases.priority import priority_of
from cases.states import TRANSITIONS, transition, verbs_from

GOOD = CaseFacts("low", True, 0, 0, 0, 1, 0, 0, 0)
NOW = datetime(2026, 3, 1, tzinfo=timezone.utc)


def test_no_case_is_closed_by_a_person_but_from_a_proposal() -> None:
    ways = {item.source for item in TRANSITIONS if item.target == CaseStatus.CLOSED and item.verb != "close by policy"}
    assert ways == {CaseStatus.PROPOSED, CaseStatus.REOPEN_PROPOSED}


@pytest.mark.parametrize("status", CaseStatus.values)
def test_every_status_can_be_left(status: str) -> None:
    assert verbs_from(status)


def test_a_verb_leads_from_a_status_to_one_other() -> None:
    pairs = [(item.verb, item.source) for item in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


def test_transition_that_is_not_in_the_table_is_none() -> None:
    assert transition("approve", CaseStatus.NEW) is None


def test_approval_conditions_of_a_good_customer_all_hold() -> None:
    assert all(condition.holds for condition in approval_conditions(GOOD, DEFAULT_RULES))


@pytest.mark.parametrize(
    "change",
    [
        {"rating": "medium"}, {"rating": ""}, {"screened": False}, {"open_hits": 1}, {"true_matches": 1}, {"open_alerts": 1},
        {"documents_verified": 0}, {"documents_doubtful": 1}, {"documents_refused": 1}, {"documents_unread": 1},
    ],
)  # fmt: skip
def test_approval_conditions_with_one_doubt_do_not_hold(change: dict[str, object]) -> None:
    facts = CaseFacts(**{**vars(GOOD), **change})
    assert sum(not condition.holds for condition in approval_conditions(facts, DEFAULT_RULES)) == 1


def test_a_report_of_suspicion_is_approved_by_the_mlro_alone() -> None:
    assert approver_roles("file_sar", DEFAULT_RULES) == ["mlro"]


@given(st.sampled_from(["", "low", "medium", "high"]), st.integers(-100, 1000), st.integers(0, 50))
def test_priority_of_any_case_is_between_0_and_100(rating: str, hours: int, reasons: int) -> None:
    assert 0 <= priority_of(rating, NOW, NOW + timedelta(hours=48), NOW + timedelta(hours=hours), reasons) <= 100


@given(st.integers(0, 47))
def test_priority_grows_as_the_deadline_comes_nearer(hours: int) -> None:
    due = NOW + timedelta(hours=48)
    earlier = priority_of("low", NOW, due, NOW + timedelta(hours=hours), 1)
    assert priority_of("low", NOW, due, NOW + timedelta(hours=hours + 1), 1) >= earlier
