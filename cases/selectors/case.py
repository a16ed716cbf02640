"""Reads of a case: which one, what the policy looks at, what may be done with it, what its sender is told."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import ApiClient, User
from cases.enums import CaseStatus, DecisionKind, SubmissionState
from cases.models import Case, Decision, Submission
from cases.policies import CaseFacts
from cases.selectors.concealing import all_as_shown, as_shown, decisions_shown, not_concealed_from
from cases.selectors.deciding import settled_decision
from cases.states import TRANSITIONS
from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import Customer
from customers.selectors import current_rating
from documents.selectors import document_quality
from monitoring.selectors import monitoring_summary
from screening.selectors import screening_summary

MOST_OF_CUSTOMER = 50


def with_row(rows: QuerySet[Case]) -> QuerySet[Case]:
    """What a row of the queue shows, in a constant number of queries."""
    return rows.select_related("customer__party", "queue", "assignee").prefetch_related("reasons", "taggings__tag")


def cases_visible_to(principal: Any) -> QuerySet[Case]:
    """All cases for a person who may see cases, without those that are concealed from them; none for a program."""
    rows = (
        Case.objects.none() if isinstance(principal, ApiClient) else Case.objects.filter(not_concealed_from(principal))
    )
    return with_row(rows)


def case_for(principal: Any, pk: object) -> Case:
    """The case with this id, as `principal` may see it; raises NotFound."""
    rows = Case.objects.none() if isinstance(principal, ApiClient) else Case.objects.all()
    found = with_row(rows).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such case.")
    return as_shown(found, principal)


def cases_of(customer: Customer, principal: Any) -> list[Case]:
    """The customer's newest cases, at most MOST_OF_CUSTOMER, as the principal may see them.

    One that is concealed stands among them as undecided: its absence would tell.
    """
    return all_as_shown(with_row(customer.cases.order_by("-created_at"))[:MOST_OF_CUSTOMER], principal)


def open_case_of(customer: Customer) -> Case | None:
    """The customer's case that is not closed, the newest first; or None."""
    return customer.cases.exclude(status=CaseStatus.CLOSED).order_by("-created_at").first()


def allowed_verbs(case: Case, person: User) -> set[str]:
    """What this person may do with the case in its status."""
    if case.is_concealed:
        return set()
    held = person.permissions
    return {item.verb for item in TRANSITIONS if item.source == case.status and item.permission in held}


def case_facts(customer: Customer) -> CaseFacts:
    """What the decision policy looks at, gathered from the three controls."""
    quality, screened = document_quality(customer), screening_summary(customer)
    rating = current_rating(customer)
    return CaseFacts(
        rating=rating.level if rating else "",
        screened=not screened.stale,
        open_hits=screened.open_hits,
        true_matches=screened.true_matches,
        open_alerts=monitoring_summary(customer).open_alerts,
        documents_verified=quality.verified,
        documents_doubtful=quality.doubtful,
        documents_refused=quality.refused,
        documents_unread=quality.unread,
    )


def decision_for(principal: Any, pk: object) -> Decision:
    """The decision with this id, if `principal` may see its case; raises NotFound."""
    found = Decision.objects.select_related("case", "proposed_by").filter(pk=parse_id(pk)).first()
    if found is None or not decisions_shown(found.case, principal).filter(pk=found.pk).exists():
        raise NotFound("There is no such decision.")
    case_for(principal, found.case_id)
    return found


def submission_for(principal: Any, pk: object) -> Submission:
    """The submission with this id, if `principal` sent it or is a person; raises NotFound."""
    rows = Submission.objects.select_related("case__customer__party")
    if isinstance(principal, ApiClient):
        rows = rows.filter(client=principal)
    found = rows.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such submission.")
    return found


def submission_state(submission: Submission) -> tuple[SubmissionState, Decision | None]:
    """What the sender may be told. A report of suspicion is never told: that case looks as if still in review."""
    case = submission.case
    decision = settled_decision(case) if case.status == CaseStatus.CLOSED else None
    if decision is not None and decision.kind != DecisionKind.FILE_SAR:
        return SubmissionState.DECIDED, decision
    waiting = case.needs_person_since is not None or decision is not None
    return (SubmissionState.IN_REVIEW if waiting else SubmissionState.PROCESSING), None
