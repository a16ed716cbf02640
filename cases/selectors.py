"""Reads of cases, queues, decisions and submissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import ApiClient, User
from accounts.roles import permissions_of
from cases.enums import CaseStatus, DecisionKind, DecisionState, SubmissionState
from cases.models import Case, Decision, DecisionPolicy, Queue, ReasonCode, Reopening, Submission
from cases.policies import CaseFacts
from cases.states import TRANSITIONS
from core.clock import now, today
from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import Customer
from customers.selectors import current_rating
from documents.selectors import document_quality
from monitoring.selectors import monitoring_summary
from screening.selectors import screening_summary

_OPEN = ~Q(status=CaseStatus.CLOSED) & Q(needs_person_since__isnull=False)


@dataclass(frozen=True)
class View:
    """A way to look at the queue: its key in the URL, its title, and which cases it holds for a person."""

    key: str
    title: str
    cases: Q


def views_for(person: User) -> list[View]:
    """The views of the left rail, in their order."""
    awake = _OPEN & ~Q(status=CaseStatus.SNOOZED)
    approval = Q(status__in=[CaseStatus.PROPOSED, CaseStatus.REOPEN_PROPOSED])
    mine = Q(decisions__state=DecisionState.PROPOSED, decisions__proposed_by=person)
    return [
        View("open", "All open", _OPEN),
        View("mine", "My work", awake & Q(assignee=person)),
        View("unassigned", "Unassigned", awake & Q(assignee=None)),
        View("approval", "Awaiting my approval", _OPEN & approval & ~mine),
        View("today", "Due today", awake & Q(due_at__date=today())),
        View("breached", "Breached", awake & Q(due_at__lt=now())),
        View("snoozed", "Snoozed", _OPEN & Q(status=CaseStatus.SNOOZED)),
        View("closed", "Closed", Q(status=CaseStatus.CLOSED)),
    ]


def queue_counts(person: User) -> list[tuple[View, int]]:
    """Every view with its number of cases, in one query."""
    views = views_for(person)
    told = Case.objects.aggregate(**{view.key: Count("pk", filter=view.cases, distinct=True) for view in views})
    return [(view, told[view.key]) for view in views]


def queue_cases(person: User, filters: Mapping[str, str]) -> QuerySet[Case]:
    """The cases of a view, narrowed by `status`, `rating`, `queue`, `assignee` and `q`, the most urgent first."""
    views = {view.key: view for view in views_for(person)}
    view = views.get(filters.get("view", ""), views["open"])
    rows = Case.objects.filter(view.cases).distinct()
    if filters.get("status"):
        rows = rows.filter(status=filters["status"])
    if filters.get("queue"):
        rows = rows.filter(queue=parse_id(filters["queue"]))
    if filters.get("q"):
        text = filters["q"]
        rows = rows.filter(Q(number__icontains=text) | Q(customer__party__name__icontains=text))
    return _with_row(rows).order_by("-priority", "due_at")


def _with_row(rows: QuerySet[Case]) -> QuerySet[Case]:
    """What a row of the queue shows, in a constant number of queries."""
    return rows.select_related("customer__party", "queue", "assignee").prefetch_related("reasons", "customer__ratings")


def cases_visible_to(principal: Any) -> QuerySet[Case]:
    """All cases for a person who may see cases; none for a program."""
    return _with_row(Case.objects.none() if isinstance(principal, ApiClient) else Case.objects.all())


def case_for(principal: Any, pk: object) -> Case:
    """The case with this id, if `principal` may know of it; raises NotFound."""
    found = cases_visible_to(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such case.")
    return found


def open_case_of(customer: Customer) -> Case | None:
    """The customer's case that is not closed, the newest first; or None."""
    return customer.cases.exclude(status=CaseStatus.CLOSED).order_by("-created_at").first()


def queues() -> QuerySet[Queue]:
    return Queue.objects.all()


def pending_decision(case: Case) -> Decision | None:
    """The proposal that waits for a second person, or None."""
    return case.decisions.select_related("proposed_by").filter(state=DecisionState.PROPOSED).first()


def waiting_proposal(case_id: UUID) -> Decision | None:
    """The proposal with its case, where that case waits for a second person; or None."""
    rows = Decision.objects.select_related("case").filter(case=case_id, case__status=CaseStatus.PROPOSED)
    return rows.filter(state=DecisionState.PROPOSED).first()


def settled_decision(case: Case) -> Decision | None:
    """The newest decision in force, or None."""
    rows = case.decisions.select_related("proposed_by", "approved_by", "policy")
    return rows.filter(state=DecisionState.APPROVED).first()


def decisions_of(case: Case) -> QuerySet[Decision]:
    """Every proposal and decision of the case, newest first."""
    return case.decisions.select_related("proposed_by", "approved_by", "policy")


def decision_for(principal: Any, pk: object) -> Decision:
    """The decision with this id, if `principal` may see its case; raises NotFound."""
    found = Decision.objects.select_related("case", "proposed_by").filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such decision.")
    case_for(principal, found.case_id)
    return found


def pending_reopening(case: Case) -> Reopening | None:
    """The request to open the case again that waits for a second person, or None."""
    return case.reopenings.select_related("proposed_by").filter(approved=None).first()


def current_policy() -> DecisionPolicy | None:
    """The decision policy in force: the newest version."""
    return DecisionPolicy.objects.first()


def reason_codes() -> QuerySet[ReasonCode]:
    return ReasonCode.objects.all()


def allowed_verbs(case: Case, person: User) -> set[str]:
    """What this person may do with the case in its status."""
    granted = permissions_of(person.role)
    return {item.verb for item in TRANSITIONS if item.source == case.status and item.permission in granted}


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
