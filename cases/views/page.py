"""The case page, and how what is done on it comes back: with a message, or with what was typed and why it was refused."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.selectors import people_who_may
from cases import selectors, services
from cases.cards import cards_of
from cases.changes import changes_since
from cases.evidence import changes_of_evidence, evidence_hash
from cases.forms import CommentForm, NoteForm, ProposalForm, ReasonForm, SnoozeForm
from cases.models import Case
from cases.services.opening import stream_of
from cases.walk import view_query, walk_of
from core.exceptions import Conflict, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from customers.selectors import current_rating

_TABS = {
    "overview": said("Overview"), "transactions": said("Transactions"), "network": said("Network"), "documents": said("Documents"),
    "screening": said("Screening"), "information": said("Requests"), "runs": said("Runs"), "history": said("History"),
}  # fmt: skip
_NEEDS = {
    "transactions": Permission.TRANSACTION_VIEW, "network": Permission.CUSTOMER_VIEW, "documents": Permission.DOCUMENT_VIEW,
    "screening": Permission.HIT_VIEW, "information": Permission.CUSTOMER_VIEW, "runs": Permission.RUN_VIEW,
    "history": Permission.AUDIT_VIEW, "filings": Permission.FILING_VIEW,
}  # fmt: skip
_MOST_PEOPLE = 200
Work = Callable[[Case, dict[str, Any]], object]


@requires(Permission.CASE_VIEW)
def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The case in three columns. Looking is recorded."""
    case = selectors.case_for(request.user, pk)
    services.record_case_view(case=case, by=actor_of(request))
    return case_page(request, case)


def header_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the header shows: the case, what may be done with it, its place in the view that one came from."""
    query = view_query(request.GET)
    return {
        "case": case, "query": query, "walk": walk_of(request.user, case, query),  # type: ignore[arg-type]
        "verbs": selectors.allowed_verbs(case, request.user),  # type: ignore[arg-type]
        "priority_told": selectors.priority_explanations([case])[case.pk],
    }  # fmt: skip


def checklist_context(case: Case) -> dict[str, Any]:
    """What is decided, what is not, and what people have ticked."""
    customer = case.customer
    checklist = selectors.checklist_for_case(case)
    return {"facts": selectors.case_facts(customer), "rating": current_rating(customer), "checklist": checklist}


def comment_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The comments, an empty form for one more, and who can be mentioned in it."""
    people = people_who_may(Permission.CASE_VIEW).values_list("username", flat=True)[:_MOST_PEOPLE]
    return {"comments": selectors.comments_shown(case, request.user), "comment_form": CommentForm(), "people": people}


def case_page(request: HttpRequest, case: Case, status: int = 200, **typed: Any) -> HttpResponse:
    """The page with the given forms (and what else is given) in place of empty ones."""
    tab = request.GET.get("tab", "overview")
    tabs = _TABS | {"filings": said("Report")} if selectors.may_know_filings(request.user) else _TABS
    tabs = {name: title for name, title in tabs.items() if name not in _NEEDS or request.user.has_perm(_NEEDS[name])}
    pending = selectors.pending_decision(case)
    seen = {"version": case.version}
    context: dict[str, Any] = header_context(request, case) | {
        "tabs": tabs, "tab": tab if tab in tabs else "overview", "stream": stream_of(case),
        "pending": pending, "reopening": selectors.pending_reopening(case),
        "decisions": selectors.decisions_shown(case, request.user),
        "proposal_form": ProposalForm(initial=seen), **checklist_context(case),
        **comment_context(request, case), "note_form": NoteForm(),
        "snooze_form": SnoozeForm(initial=seen),
        "reason_form": ReasonForm(initial=seen),
    }  # fmt: skip
    if context["tab"] == "overview":
        context["cards"], context["card_total"] = cards_of(case.customer)
    if pending:
        context["evidence_changed"] = pending.evidence_sha256 != evidence_hash(case.customer)
        context["evidence_changes"] = changes_of_evidence(case.customer, pending.evidence)
    return render(request, "cases/case_detail.html", context | typed, status=status)


def case_url(request: HttpRequest, pk: UUID) -> str:
    """The page of a case within the view that one came from."""
    query = view_query(request.GET)
    return reverse("cases:case_detail", args=[pk]) + (f"?{query}" if query else "")


def attempt(request: HttpRequest, pk: UUID, name: str, form: forms.Form, work: Work, done: str) -> HttpResponse:
    """Runs `work` with the form's data; a refusal shows the page again with the form as it was typed."""
    case = selectors.case_for(request.user, pk)
    status, shown = 422, {name: form, "refused": name}
    if form.is_valid():
        try:
            work(case, form.cleaned_data)
            messages.success(request, done)
            return redirect(case_url(request, pk))
        except Conflict as error:
            form.add_error(None, error.message)
            status = error.status
            shown |= _conflict(request, pk, form, error)
        except ProbityError as error:
            add_faults(form, error)
            status = error.status
    return case_page(request, selectors.case_for(request.user, pk), status, **shown)


def _conflict(request: HttpRequest, pk: UUID, form: forms.Form, error: Conflict) -> dict[str, Any]:
    """Who changed what since the page was opened. The form goes on from the case as it is now: sending it again works."""
    if "seen_version" not in error.extra:
        return {}
    case = selectors.case_for(request.user, pk)
    form.data = {**form.data.dict(), "version": str(case.version)}  # type: ignore[attr-defined]
    return {"conflict": error.extra, "changes": changes_since(case, int(str(error.extra["seen_version"])))}
