"""Reads of decisions, reopenings and the policy they are made under."""

from uuid import UUID

from django.db.models import QuerySet

from cases.enums import CaseStatus, DecisionState
from cases.models import Case, Decision, DecisionPolicy, Reopening


def pending_decision(case: Case) -> Decision | None:
    """The proposal that waits for a second person, or None; of a concealed case there is none to show."""
    if case.is_concealed:
        return None
    return case.decisions.select_related("proposed_by", "endorsed_by").filter(state=DecisionState.PROPOSED).first()


def waiting_proposal(case_id: UUID) -> Decision | None:
    """The proposal with its case, where that case waits for another person; or None."""
    rows = Decision.objects.select_related("case").filter(case=case_id, case__status=CaseStatus.PROPOSED)
    return rows.filter(state=DecisionState.PROPOSED, approvals_needed__gt=0).first()


def settled_decision(case: Case) -> Decision | None:
    """The newest decision in force, or None."""
    rows = case.decisions.select_related("proposed_by", "endorsed_by", "approved_by", "policy")
    return rows.filter(state=DecisionState.APPROVED).first()


def pending_reopening(case: Case) -> Reopening | None:
    """The request to open the case again that waits for a second person, or None."""
    if case.is_concealed:
        return None
    return case.reopenings.select_related("proposed_by").filter(approved=None).first()


def current_policy() -> DecisionPolicy | None:
    """The decision policy in force: the newest version."""
    return DecisionPolicy.objects.first()


def decision_policies() -> QuerySet[DecisionPolicy]:
    """Every version of the decision policy, newest first."""
    return DecisionPolicy.objects.all()
