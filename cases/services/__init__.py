"""Writes of the cases app: opening, working, deciding, reopening, what administrators set."""

from cases.services.approvals import approve_decision, decide_by_policy, put_dismissals_into_force, return_decision
from cases.services.blueprints import publish_blueprint, save_queue, save_reason_code, set_absence
from cases.services.bulk import UNDO, BulkInputs, apply_to_cases, undo_bulk
from cases.services.claims import (
    assign_case,
    assign_waiting_cases,
    claim_case,
    claim_next_case,
    release_case,
    release_expired_claims,
    renew_lease,
)
from cases.services.configuration import ensure_case_configuration, policy_in_force, publish_decision_policy
from cases.services.needing import Need, case_for_signal, need_people, need_person
from cases.services.opening import NewDocument, NewSubmission, open_case
from cases.services.proposals import propose_decision, withdraw_decision
from cases.services.reopening import propose_reopening, settle_reopening
from cases.services.saved_views import delete_view, save_view
from cases.services.scoring import (
    pause_deadline,
    refresh_deadline_pressure,
    rescore_outdated_cases,
    resume_deadline,
    score_case,
)
from cases.services.taking import take_submission
from cases.services.teamwork import (
    add_tag,
    comment_on_case,
    end_presence,
    note_presence,
    remove_tag,
    tick_checklist_item,
)
from cases.services.trails import log_case_trail, log_document_trail
from cases.services.work import (
    escalate_case,
    move_case_to_queue,
    record_case_view,
    record_peek,
    snooze_case,
    wake_case,
    wake_snoozed_cases,
)

__all__ = [
    "UNDO",
    "BulkInputs",
    "Need",
    "NewDocument",
    "NewSubmission",
    "add_tag",
    "apply_to_cases",
    "approve_decision",
    "assign_case",
    "assign_waiting_cases",
    "case_for_signal",
    "claim_case",
    "claim_next_case",
    "comment_on_case",
    "decide_by_policy",
    "delete_view",
    "end_presence",
    "ensure_case_configuration",
    "escalate_case",
    "log_case_trail",
    "log_document_trail",
    "move_case_to_queue",
    "need_people",
    "need_person",
    "note_presence",
    "open_case",
    "pause_deadline",
    "policy_in_force",
    "propose_decision",
    "propose_reopening",
    "publish_blueprint",
    "publish_decision_policy",
    "put_dismissals_into_force",
    "record_case_view",
    "record_peek",
    "refresh_deadline_pressure",
    "release_case",
    "release_expired_claims",
    "remove_tag",
    "renew_lease",
    "rescore_outdated_cases",
    "resume_deadline",
    "return_decision",
    "save_queue",
    "save_reason_code",
    "save_view",
    "score_case",
    "set_absence",
    "settle_reopening",
    "snooze_case",
    "take_submission",
    "tick_checklist_item",
    "undo_bulk",
    "wake_case",
    "wake_snoozed_cases",
    "withdraw_decision",
]  # fmt: skip
