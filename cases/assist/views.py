"""The card of the summary on the case page, and what a language model drafted."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ai.selectors import model_state
from cases.assist import selectors
from cases.assist.checking import checked_lines, drafted_text
from cases.assist.evidence import evidence_for_summary
from cases.assist.purposes import SUMMARY, purpose_of
from cases.assist.services import keep_summary, start_draft
from cases.models import Case, TextDraft
from cases.selectors import case_for
from core.exceptions import InvalidInput
from core.http import actor_of, fragment, requires
from core.permissions import Permission
from customers.selectors import customer_for
from customers.services import record_customer_view

_LONGEST = 40_000


@requires(Permission.CUSTOMER_VIEW)
def assist_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft from the evidence as it is now. Looking is recorded."""
    case = _case_seen(request, pk)
    return _card(request, case, drafted_text(evidence_for_summary(case)))


@require_POST
@requires(Permission.CASE_WORK)
def assist_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Has the language model write a draft, and shows how far it is."""
    work = start_draft(case=_case_seen(request, pk), purpose=SUMMARY, by=actor_of(request))
    return redirect("workflows:work_detail", work.pk)


@require_POST
@requires(Permission.CASE_WORK)
def assist_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keeps what the reviewer made of it, or shows it with what does not agree with the evidence struck out."""
    case, text = _case_seen(request, pk), request.POST.get("text", "")[:_LONGEST]
    key = request.POST.get("draft")
    draft = selectors.draft_for(request.user, key, purpose=SUMMARY) if key else None
    try:
        keep_summary(case_id=case.pk, text=text, by=actor_of(request), draft=draft)
    except InvalidInput as error:
        if draft:
            return _draft_page(request, draft, text, error.message, 422)
        return _card(request, case, text, error.message, 422)
    messages.success(request, "The summary is among the comments.")
    return redirect("cases:draft_detail", draft.pk) if draft else redirect("cases:case_detail", case.pk)


@requires(Permission.CUSTOMER_VIEW)
def draft_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was drafted, what of it does not agree with the evidence, what it cost, what became of it."""
    draft = selectors.draft_for(request.user, pk)
    _case_seen(request, draft.case_id)
    return _draft_page(request, draft, selectors.clean_text(draft))


def _case_seen(request: HttpRequest, pk: UUID) -> Case:
    case = case_for(request.user, pk)
    customer = customer_for(request.user, case.customer_id)
    record_customer_view(customer_id=customer.pk, by=actor_of(request))
    return case


def _card(request: HttpRequest, case: Case, text: str, refused: str = "", status: int = 200) -> HttpResponse:
    evidence = evidence_for_summary(case)
    context = {
        "case": case, "text": text, "refused": refused, "lines": checked_lines(text, evidence), "evidence": evidence,
        "model": model_state(), "drafts": selectors.summaries_of(case),
    }  # fmt: skip
    return fragment(request, "cases/_assist.html", context, status)


def _draft_page(
    request: HttpRequest, draft: TextDraft, text: str, refused: str = "", status: int = 200
) -> HttpResponse:
    purpose = purpose_of(draft)
    lines = selectors.lines_of(draft)
    context = {
        "draft": draft, "evidence": selectors.evidence_given(draft), "text": text, "refused": refused, "lines": lines,
        "struck": sum(bool(line.faults) for line in lines),
        "typed": checked_lines(text, selectors.standing_evidence(draft)[0]) if refused else [],
        "changes": selectors.changes_of(draft) if draft.kept_at else [], "cost": selectors.cost_of_draft(draft),
        "currency": settings.LLM_CURRENCY, "keep_url": purpose.keep_url(draft), "back_url": purpose.back_url(draft),
        "keeping": purpose.keeping, "scores": selectors.scores_of_drafts(),
    }  # fmt: skip
    return render(request, "cases/draft_detail.html", context, status=status)
