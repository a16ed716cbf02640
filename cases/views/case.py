"""What is done on the case page apart from deciding. Every POST is one service call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases import selectors, services
from cases.forms import CommentForm, ReasonForm, SnoozeForm
from cases.models import Case
from cases.views.fragments import checklist_panel, comment_panel
from cases.views.page import attempt, case_url
from core.http import actor_of, fragment, requires
from core.permissions import Permission
from core.words import said


@require_POST
@requires(Permission.CASE_WORK)
def case_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.claim_case(case_id=selectors.case_for(request.user, pk).pk, by=actor_of(request))
    return redirect(case_url(request, pk))


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
    return redirect(case_url(request, pk))


@require_POST
@requires(Permission.CASE_WORK)
def case_snooze(request: HttpRequest, pk: UUID) -> HttpResponse:
    def work(case: Case, data: dict[str, Any]) -> None:
        services.snooze_case(case_id=case.pk, **data, by=actor_of(request))

    return attempt(request, pk, "snooze_form", SnoozeForm(request.POST), work, said("The case is put aside."))


@require_POST
@requires(Permission.CASE_WORK)
def case_escalate(request: HttpRequest, pk: UUID) -> HttpResponse:
    def work(case: Case, data: dict[str, Any]) -> None:
        services.escalate_case(case_id=case.pk, **data, by=actor_of(request))

    return attempt(request, pk, "reason_form", ReasonForm(request.POST), work, said("The case is escalated."))


@require_POST
@requires(Permission.CASE_WORK)
def case_comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds a comment; for HTMX the comments come back alone, so that nothing typed elsewhere is lost."""

    def work(case: Case, data: dict[str, Any]) -> None:
        services.comment_on_case(case_id=case.pk, **data, by=actor_of(request))

    form = CommentForm(request.POST)
    if request.htmx and form.is_valid():  # type: ignore[attr-defined]
        case = selectors.case_for(request.user, pk)
        work(case, form.cleaned_data)
        return comment_panel(request, case)
    return attempt(request, pk, "comment_form", form, work, said("The comment is on the case."))


@require_POST
@requires(Permission.CASE_WORK)
def case_tick(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ticks an item of the checklist, or takes the tick back; for HTMX the checklist comes back alone."""
    case = selectors.case_for(request.user, pk)
    done = request.POST.get("done") == "on"
    services.tick_checklist_item(case_id=case.pk, code=request.POST.get("code", ""), done=done, by=actor_of(request))
    return checklist_panel(request, case) if request.htmx else redirect(case_url(request, pk))  # type: ignore[attr-defined]


@require_POST
@requires(Permission.CASE_WORK)
def case_tag(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds or removes a tag; for HTMX the tags come back alone."""
    case = selectors.case_for(request.user, pk)
    if "remove" in request.POST:
        services.remove_tag(case_id=case.pk, name=request.POST["remove"], by=actor_of(request))
    else:
        services.add_tag(case_id=case.pk, name=request.POST.get("add", ""), by=actor_of(request))
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(case_url(request, pk))
    return fragment(request, "cases/_tags.html", {"case": selectors.case_for(request.user, pk)})
