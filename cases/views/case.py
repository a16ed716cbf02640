"""The case page and what is done on it. Every POST is one service call; a refusal comes back with what was typed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases import selectors, services
from cases.forms import CommentForm, NoteForm, ProposalForm, ReasonForm, SnoozeForm
from cases.models import Case
from cases.services.opening import stream_of
from core.exceptions import Conflict, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from customers.selectors import current_rating

_TABS = {
    "evidence": "Evidence", "documents": "Documents", "screening": "Screening", "alerts": "Alerts",
    "transactions": "Transactions", "runs": "Runs", "history": "History",
}  # fmt: skip


@requires(Permission.CASE_VIEW)
def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The case in three columns. Looking is recorded."""
    case = selectors.case_for(request.user, pk)
    services.record_case_view(case=case, by=actor_of(request))
    return case_page(request, case)


def case_page(request: HttpRequest, case: Case, status: int = 200, **forms_typed: forms.Form) -> HttpResponse:
    """The page with the given forms in place of empty ones."""
    tab = request.GET.get("tab", "evidence")
    context: dict[str, Any] = {
        "case": case, "tabs": _TABS, "tab": tab if tab in _TABS else "evidence", "stream": stream_of(case),
        "verbs": selectors.allowed_verbs(case, request.user),  # type: ignore[arg-type]
        "pending": selectors.pending_decision(case), "reopening": selectors.pending_reopening(case),
        "decisions": selectors.decisions_of(case), "comments": case.comments.select_related("author"),
        "rating": current_rating(case.customer), "facts": selectors.case_facts(case.customer),
        "proposal_form": ProposalForm(initial={"version": case.version}), "comment_form": CommentForm(),
        "note_form": NoteForm(), "snooze_form": SnoozeForm(), "reason_form": ReasonForm(),
    }  # fmt: skip
    pending = context["pending"]
    context["evidence_changed"] = bool(pending) and pending.evidence_sha256 != selectors.evidence_hash(case.customer)
    return render(request, "cases/case_detail.html", context | forms_typed, status=status)


def attempt(request: HttpRequest, pk: UUID, name: str, form: forms.Form, work: Any, done: str) -> HttpResponse:
    """Runs `work` with the form's data; a refusal shows the page again with the form as it was typed."""
    case = selectors.case_for(request.user, pk)
    status = 422
    if form.is_valid():
        try:
            work(case, form.cleaned_data)
            messages.success(request, done)
            return redirect("cases:case_detail", pk)
        except Conflict as error:
            told = error.extra
            who = (
                f" {told['changed_by']} changed it; it is now {str(told['status']).lower()}."
                if "changed_by" in told
                else ""
            )
            form.add_error(None, error.message + who)
            status = error.status
        except ProbityError as error:
            add_faults(form, error)
            status = error.status
    return case_page(request, selectors.case_for(request.user, pk), status, **{name: form})


@require_POST
@requires(Permission.CASE_WORK)
def case_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.claim_case(case_id=selectors.case_for(request.user, pk).pk, by=actor_of(request))
    return redirect("cases:case_detail", pk)


@require_POST
@requires(Permission.CASE_WORK)
def case_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.release_case(case_id=selectors.case_for(request.user, pk).pk, by=actor_of(request))
    messages.success(request, "The case is back in its queue.")
    return redirect("cases:case_list")


@require_POST
@requires(Permission.CASE_WORK)
def case_wake(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.wake_case(case_id=selectors.case_for(request.user, pk).pk, by=actor_of(request))
    return redirect("cases:case_detail", pk)


@require_POST
@requires(Permission.CASE_WORK)
def case_snooze(request: HttpRequest, pk: UUID) -> HttpResponse:
    def work(case: Case, data: dict[str, Any]) -> None:
        services.snooze_case(case_id=case.pk, **data, by=actor_of(request))

    return attempt(request, pk, "snooze_form", SnoozeForm(request.POST), work, "The case is put aside.")


@require_POST
@requires(Permission.CASE_WORK)
def case_escalate(request: HttpRequest, pk: UUID) -> HttpResponse:
    def work(case: Case, data: dict[str, Any]) -> None:
        services.escalate_case(case_id=case.pk, **data, by=actor_of(request))

    return attempt(request, pk, "reason_form", ReasonForm(request.POST), work, "The case is escalated.")


@require_POST
@requires(Permission.CASE_WORK)
def case_comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    def work(case: Case, data: dict[str, Any]) -> None:
        services.comment_on_case(case_id=case.pk, **data, by=actor_of(request))

    return attempt(request, pk, "comment_form", CommentForm(request.POST), work, "The comment is on the case.")
