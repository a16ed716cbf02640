"""The transition table and the pure parts of the policy."""

import pytest

from cases.enums import CaseStatus
from cases.policies import DEFAULT_RULES, CaseFacts, approval_conditions, approver_roles
from cases.states import TRANSITIONS, transition, verbs_from

GOOD = CaseFacts("low", True, 0, 0, 0, 1, 0, 0, 0)


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
