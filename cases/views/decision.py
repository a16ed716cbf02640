"""Proposing, approving and returning decisions; reopening."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from cases import selectors, services
from cases.forms import NoteForm, ProposalForm, ReasonForm
from cases.models import Case
from cases.views.page import attempt
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said


@require_POST
@requires(Permission.DECISION_PROPOSE)
def decision_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    def work(case: Case, data: dict[str, Any]) -> None:
        services.propose_decision(case_id=case.pk, **data, by=actor_of(request))

    done = said("Your decision is proposed; somebody else must approve it.")
    return attempt(request, pk, "proposal_form", ProposalForm(request.POST), work, done)


@require_POST
@requires(Permission.DECISION_APPROVE)
def decision_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`pk` is the decision's."""
    decision = selectors.decision_for(request.user, pk)

    def work(case: Case, data: dict[str, Any]) -> None:
        services.approve_decision(decision_id=decision.pk, **data, by=actor_of(request))

    last = decision.endorsed_by_id is not None or decision.approvals_needed <= 1
    done = (
        said("The decision is approved and the case is closed.")
        if last
        else said("You approved the decision; a further person must approve it too.")
    )
    return attempt(request, decision.case_id, "note_form", NoteForm(request.POST), work, done)


@require_POST
@requires(Permission.DECISION_APPROVE)
def decision_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`pk` is the decision's."""
    decision = selectors.decision_for(request.user, pk)

    def work(case: Case, data: dict[str, Any]) -> None:
        services.return_decision(decision_id=decision.pk, **data, by=actor_of(request))

    done = said("The proposal is returned.")
    return attempt(request, decision.case_id, "note_form", NoteForm(request.POST), work, done)


@require_POST
@requires(Permission.DECISION_PROPOSE)
def reopening_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    def work(case: Case, data: dict[str, Any]) -> None:
        services.propose_reopening(case_id=case.pk, **data, by=actor_of(request))

    return attempt(request, pk, "reason_form", ReasonForm(request.POST), work, said("Reopening is proposed."))


@require_POST
@requires(Permission.DECISION_APPROVE)
def reopening_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`pk` is the case's; `approve` in the form says which way."""
    approve = "approve" in request.POST

    def work(case: Case, data: dict[str, Any]) -> None:
        pending = selectors.pending_reopening(case)
        pk_pending = pending.pk if pending else case.pk
        services.settle_reopening(reopening_id=pk_pending, approve=approve, **data, by=actor_of(request))

    return attempt(request, pk, "note_form", NoteForm(request.POST), work, said("The reopening is settled."))
