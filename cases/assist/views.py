"""The card of the summary on the case page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.assist.checking import checked_lines, drafted_text
from cases.assist.evidence import evidence_for_summary
from cases.assist.services import keep_summary
from cases.models import Case
from cases.selectors import case_for
from core.exceptions import InvalidInput
from core.http import actor_of, fragment, requires
from core.permissions import Permission
from customers.selectors import customer_for
from customers.services import record_customer_view


@requires(Permission.CUSTOMER_VIEW)
def assist_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft from the evidence as it is now. Looking is recorded."""
    case = _case_seen(request, pk)
    return _card(request, case, drafted_text(evidence_for_summary(case)))


@require_POST
@requires(Permission.CASE_WORK)
def assist_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keeps what the reviewer made of it, or shows it with what does not agree with the evidence struck out."""
    case, text = _case_seen(request, pk), request.POST.get("text", "")[:20_000]
    try:
        keep_summary(case_id=case.pk, text=text, by=actor_of(request))
    except InvalidInput as error:
        return _card(request, case, text, error.message, 422)
    messages.success(request, "The summary is among the comments.")
    return redirect("cases:case_detail", case.pk)


def _case_seen(request: HttpRequest, pk: UUID) -> Case:
    case = case_for(request.user, pk)
    customer = customer_for(request.user, case.customer_id)
    record_customer_view(customer_id=customer.pk, by=actor_of(request))
    return case


def _card(request: HttpRequest, case: Case, text: str, refused: str = "", status: int = 200) -> HttpResponse:
    evidence = evidence_for_summary(case)
    context = {
        "case": case, "text": text, "refused": refused, "lines": checked_lines(text, evidence), "evidence": evidence,
    }  # fmt: skip
    return fragment(request, "cases/_assist.html", context, status)
