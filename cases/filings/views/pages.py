"""The list of reports with their clocks, those of a case, one report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.filings import selectors, services
from cases.filings.forms import AnswerForm, DetectionForm, FiledForm, FollowForm, NewFilingForm, ReasonForm
from cases.filings.models import Filing
from cases.filings.states import OPEN, STEPS
from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, fragment, requires
from core.pagination import page_of
from core.permissions import Permission


@requires(Permission.FILING_VIEW)
def filing_list(request: HttpRequest) -> HttpResponse:
    """Every report: those still to be filed first by their clock, then what has been filed."""
    rows = selectors.filings_visible_to(request.user)
    page = page_of(request, rows.exclude(state__in=OPEN))
    context = {
        "due": selectors.rows_of(rows.filter(state__in=OPEN).order_by("due_on")), "page": page,
        "filed": selectors.rows_of(page.object_list),
        "reviews": selectors.continuing_reviews(),
    }  # fmt: skip
    return render(request, "cases/filings/filing_list.html", context)


@requires(Permission.FILING_VIEW)
def filing_badge(request: HttpRequest) -> HttpResponse:
    """How many reports wait, for the navigation."""
    return fragment(request, "cases/filings/_badge.html", {"count": selectors.waiting_count(request.user)})


@requires(Permission.FILING_VIEW)
def filing_panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reports about a case, and a form for the first. `pk` is the case's."""
    case, rows = selectors.filings_of(request.user, pk)
    profiles = [(str(row.pk), row.title) for row in selectors.active_profiles()]
    is_free = not any(row.filing.state in OPEN for row in rows)
    context = {
        "case": case, "rows": rows, "form": NewFilingForm(profiles) if profiles else None,
        "may_open": is_free and request.user.has_perm(Permission.FILING_EDIT),
    }  # fmt: skip
    return fragment(request, "cases/filings/_panel.html", context)


@require_POST
@requires(Permission.FILING_EDIT)
def filing_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Drafts a report about a case. `pk` is the case's."""
    case, _ = selectors.filings_of(request.user, pk)
    profile = selectors.profile_for(request.POST.get("profile"))
    filing = services.open_filing(case=case, profile=profile, by=actor_of(request))
    messages.success(request, "The report is drafted from the case; read every part of it.")
    return redirect("filings:filing_detail", filing.pk)


@requires(Permission.FILING_VIEW)
def filing_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report: its clocks, what is missing where, who did what. Looking is recorded."""
    filing = selectors.filing_for(request.user, pk)
    services.record_filing_view(filing=filing, by=actor_of(request))
    return detail_page(request, filing)


def detail_page(request: HttpRequest, filing: Filing, status: int = 200, **typed: Any) -> HttpResponse:
    """The report's page with the given forms in place of empty ones."""
    data, made = selectors.data_of(filing), selectors.rendered(filing)
    context = {
        "filing": filing, "row": selectors.rows_of([filing])[0], "data": data, "clocks": selectors.clocks_of(filing, data),
        "sections": selectors.faults_by_section(made.faults), "fault_count": len(made.faults),
        "left_out": made.left_out,
        "verbs": selectors.allowed_verbs(filing, request.user), "steps": STEPS,
        "versions": filing.versions.select_related("saved_by"),
        "is_author": selectors.is_author(filing, request.user), "following": filing.following.all(),
        "return_form": ReasonForm(auto_id="return_%s"), "withdraw_form": ReasonForm(auto_id="withdraw_%s"),
        "filed_form": FiledForm(), "answer_form": AnswerForm(), "follow_form": FollowForm(),
        "detection_form": DetectionForm(initial={"detected_on": filing.detected_on}),
    }  # fmt: skip
    return render(request, "cases/filings/filing_detail.html", context | typed, status=status)


def attempt(request: HttpRequest, filing: Filing, name: str, form: Any, work: Any, done: str) -> HttpResponse:
    """Runs `work` with the form's data; a refusal shows the page again with what was typed and why."""
    status = 422
    if form.is_valid():
        try:
            work(form.cleaned_data)
            messages.success(request, done)
            return redirect("filings:filing_detail", filing.pk)
        except ProbityError as error:
            add_faults(form, error)
            status = error.status
    return detail_page(request, selectors.filing_for(request.user, filing.pk), status, **{name: form, "refused": name})
