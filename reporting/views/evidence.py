"""Packs of evidence: what one holds, and having a worker make it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.selectors import case_for
from core.forms import refusal_of
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from customers.selectors import customer_for
from reporting.evidence.scope import CASE, CUSTOMER, PERIOD
from reporting.forms import EvidenceForm, PeriodEvidenceForm
from reporting.services import Wish, start_evidence


@requires(Permission.REPORT_EXPORT)
def evidence_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an evidence pack of a case holds; posted, a worker makes it. Originals only for who may have them."""
    case = case_for(request.user, pk)
    back = f"{reverse('cases:case_detail', args=[pk])}?tab=history"
    told = {
        "title": said("Evidence of {number}", number=case.number),
        "about": said("the case"),
        "back": back,
        "back_to": said("the case"),
    }
    return _page(request, EvidenceForm(request.user, request.POST or None), Wish(CASE, str(pk)), told)


@requires(Permission.REPORT_EXPORT)
def evidence_customer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same of a customer with every case."""
    customer_for(request.user, pk)
    told = {"title": said("Evidence of a customer"), "about": said("the customer with every case"), "back_to": said("the customer"),
            "back": reverse("customers:customer_detail", args=[pk])}  # fmt: skip
    return _page(request, EvidenceForm(request.user, request.POST or None), Wish(CUSTOMER, str(pk)), told)


@requires(Permission.REPORT_EXPORT)
def evidence_period(request: HttpRequest) -> HttpResponse:
    """The same of everything in a period."""
    told = {"title": said("Evidence of a period"), "about": said("every case opened or decided in the period"),
            "back_to": said("the exports"),
            "back": reverse("reporting:export_list")}  # fmt: skip
    return _page(request, PeriodEvidenceForm(request.user, request.POST or None), Wish(PERIOD), told)


def _page(request: HttpRequest, form: EvidenceForm, wish: Wish, told: dict[str, str]) -> HttpResponse:
    started: list[Any] = []

    def start(data: dict[str, Any]) -> None:
        wanted = Wish(**(vars(wish) | data))
        started.append(start_evidence(wish=wanted, principal=request.user, by=actor_of(request)))

    status = refusal_of(form, start) if request.method == "POST" else 200
    if started:
        return redirect("workflows:work_detail", started[0].pk)
    return render(
        request, "reporting/evidence.html", told | {"form": form, "is_period": wish.kind == PERIOD}, status=status
    )
