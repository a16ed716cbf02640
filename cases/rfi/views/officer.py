"""What the officer sees: the requests of a case with their answers, a form for the next, the policy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.models import Case
from cases.rfi import selectors, services
from cases.rfi.enums import ItemKind, RequestState
from cases.rfi.forms import ItemFormSet, PolicyForm, RequestForm, items_of
from cases.selectors import allowed_verbs, case_for
from core.forms import INVALID, refusal_of
from core.http import actor_of, requires
from core.permissions import Permission


@requires(Permission.CUSTOMER_VIEW)
def rfi_panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The case's requests and answers, as a card of the case page or a page of its own. Looking is recorded."""
    case = case_for(request.user, pk)
    services.record_requests_view(case=case, by=actor_of(request))
    return _panel(request, case)


def _panel(request: HttpRequest, case: Case, status: int = 200, **typed: Any) -> HttpResponse:
    rows = list(selectors.requests_of(case))
    for row in rows:
        row.link = _link(request, row) if row.state == RequestState.OPEN else ""  # type: ignore[attr-defined]
    context = {
        "case": case, "requests": rows, "policy": selectors.policy_in_force(),
        "may_ask": "request information" in allowed_verbs(case, request.user),  # type: ignore[arg-type]
        "form": RequestForm(initial={"email": case.customer.party.email, "version": case.version}),
        "items": ItemFormSet(),
    }  # fmt: skip
    template = "cases/rfi/_panel.html" if request.htmx and not typed else "cases/rfi/panel.html"  # type: ignore[attr-defined]
    return render(request, template, context | typed, status=status)


def _link(request: HttpRequest, row: Any) -> str:
    """The whole link, for who may work the case; it lets whoever has it upload."""
    if not request.user.has_perm(Permission.CASE_WORK):
        return ""
    return request.build_absolute_uri(selectors.link_path(row))


@require_POST
@requires(Permission.CASE_WORK)
def rfi_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks the customer; a refusal comes back with what was typed."""
    case = case_for(request.user, pk)
    form, items = RequestForm(request.POST), ItemFormSet(request.POST)

    def send(data: dict[str, Any]) -> None:
        wanted = [services.NewItem(ItemKind(row["kind"]), row["wanted"]) for row in items_of(items)]
        services.request_information(case_id=case.pk, items=wanted, **data, by=actor_of(request))

    refused = refusal_of(form, send) if items.is_valid() else INVALID
    if refused:
        return _panel(request, case_for(request.user, pk), refused, form=form, items=items)
    messages.success(request, "The customer is asked; the case comes back by itself.")
    return redirect("cases:case_detail", pk)


@require_POST
@requires(Permission.CASE_WORK)
def rfi_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes the link void. `pk` is the request's."""
    row = selectors.request_for(request.user, pk)
    services.withdraw_request(request_id=row.pk, by=actor_of(request))
    messages.success(request, "The request is withdrawn and the case is in review again.")
    return redirect("cases:case_detail", row.case_id)


@requires(Permission.POLICY_EDIT)
def rfi_policy(request: HttpRequest) -> HttpResponse:
    """How requests are made; POST publishes a new version."""
    policy = selectors.policy_in_force()
    names = ("pauses_sla", "valid_days", "remind_after_days")
    form = PolicyForm(request.POST or None, initial={name: getattr(policy, name) for name in names})
    if request.method == "POST":
        refused = refusal_of(form, lambda data: services.publish_rfi_policy(**data, by=actor_of(request)))
        if not refused:
            messages.success(request, "The policy is in force for every request from now on.")
            return redirect("cases:rfi_policy")
    context = {"form": form, "policy": policy, "versions": selectors.policies()[:20]}
    return render(request, "cases/rfi/policy.html", context)
