"""Reads of the cases app: cases, the queue, decisions, what people add, what administrators set."""

from cases.selectors.blueprints import (
    Blueprints,
    all_reason_codes,
    assignable_people,
    blueprint_versions,
    blueprints_in_force,
    body_in_force,
    customers_in_queue,
    is_absent,
    members_of,
    queue_for,
    queues,
    queues_with_counts,
    reason_code_for,
    reason_codes,
    reasons_for,
    shipped_body,
)
from cases.selectors.case import (
    allowed_verbs,
    case_facts,
    case_for,
    cases_of,
    cases_visible_to,
    decision_for,
    open_case_of,
    submission_for,
    submission_state,
    with_row,
)
from cases.selectors.concealing import (
    Uninformed,
    as_shown,
    comments_shown,
    concealed_since,
    decisions_shown,
    entries_kept_from,
    entries_kept_out,
    entries_shown,
    is_concealed,
    may_know_filings,
)
from cases.selectors.deadlines import (
    case_with_id,
    cases_near_deadline,
    cases_past_deadline,
    cases_with_ids,
    clients_of_cases,
)
from cases.selectors.deciding import (
    current_policy,
    decision_policies,
    pending_decision,
    pending_reopening,
    settled_decision,
    waiting_proposal,
)
from cases.selectors.evidence import risk_evidence
from cases.selectors.finding import FINDERS, MOST_CUSTOMERS, customers_found
from cases.selectors.queue import (
    FILTERS,
    SORTS,
    FilterChoices,
    QueueRow,
    Rail,
    RailLine,
    View,
    filter_choices,
    queue_cases,
    queue_counts,
    rail_for,
    rows_of,
    saved_view_for,
    saved_views_for,
    view_title,
    views_for,
)
from cases.selectors.working import (
    ChecklistLine,
    checklist_for_case,
    facts_for_priority,
    linked_cases_of,
    missing_for,
    priority_explanations,
    tags,
    tags_starting_with,
    viewers_of,
)

__all__ = [
    "FILTERS", "FINDERS", "MOST_CUSTOMERS", "SORTS", "Blueprints", "ChecklistLine", "FilterChoices", "QueueRow",
    "Rail", "RailLine", "Uninformed", "View", "all_reason_codes", "allowed_verbs", "as_shown", "assignable_people",
    "blueprint_versions", "blueprints_in_force", "body_in_force", "case_facts", "case_for", "case_with_id",
    "cases_near_deadline", "cases_of", "cases_past_deadline", "cases_visible_to", "cases_with_ids", "checklist_for_case",
    "clients_of_cases",
    "comments_shown", "concealed_since", "current_policy", "customers_found", "customers_in_queue", "decision_for",
    "decision_policies", "decisions_shown", "entries_kept_from", "entries_kept_out", "entries_shown",
    "facts_for_priority", "filter_choices", "is_absent", "is_concealed", "linked_cases_of", "may_know_filings",
    "members_of", "missing_for", "open_case_of", "pending_decision", "pending_reopening", "priority_explanations",
    "queue_cases", "queue_counts", "queue_for", "queues", "queues_with_counts", "rail_for", "reason_code_for",
    "reason_codes", "reasons_for", "risk_evidence", "rows_of", "saved_view_for", "saved_views_for",
    "settled_decision", "shipped_body", "submission_for", "submission_state", "tags", "tags_starting_with",
    "view_title", "viewers_of", "views_for", "waiting_proposal", "with_row",
]  # fmt: skip
