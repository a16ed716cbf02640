"""Writes of the cases app: opening, working, deciding, reopening."""

from cases.services.configuration import ensure_case_configuration, policy_in_force, publish_decision_policy
from cases.services.decisions import approve_decision, decide_by_policy, propose_decision, return_decision
from cases.services.opening import NewDocument, NewSubmission, case_for_signal, need_person, open_case
from cases.services.reopening import propose_reopening, settle_reopening
from cases.services.work import (
    assign_case,
    claim_case,
    claim_next_case,
    comment_on_case,
    escalate_case,
    record_case_view,
    release_case,
    snooze_case,
    wake_case,
    wake_snoozed_cases,
)

__all__ = [
    "NewDocument", "NewSubmission", "approve_decision", "assign_case", "case_for_signal", "claim_case",
    "claim_next_case", "comment_on_case", "decide_by_policy", "ensure_case_configuration", "escalate_case",
    "need_person", "open_case", "policy_in_force", "propose_decision", "propose_reopening", "publish_decision_policy",
    "record_case_view", "release_case", "return_decision", "settle_reopening", "snooze_case", "wake_case",
    "wake_snoozed_cases",
]  # fmt: skip
