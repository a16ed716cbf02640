"""What customers asked about their data, what is held, what is erased."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases.privacy import selectors, services
from cases.privacy.enums import ERASING, RequestState
from cases.privacy.forms import HoldForm, LiftForm, RefusalForm, RequestForm, RetentionForm, VersionForm
from cases.privacy.models import LegalHold, PrivacyRequest
from cases.privacy.pack import access_pack
from core.exceptions import ProbityError
from core.forms import refusal_of
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from customers.selectors import customer_for


@requires(Permission.PRIVACY_VIEW)
def request_list(request: HttpRequest) -> HttpResponse:
    """Requests that wait, or those in `?state=`."""
    state = request.GET.get("state", "")
    state = state if state in RequestState.values else ""
    context = {"page": page_of(request, selectors.requests(state)), "state": state, "states": RequestState.choices,
               "policy": selectors.policy_in_force(), "holds": selectors.holds_in_force().count()}  # fmt: skip
    return render(request, "cases/privacy/request_list.html", context)


@requires(Permission.PRIVACY_VIEW)
def customer_privacy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What stands in the way of erasing a customer, holds, requests, and forms for new ones. Looking is recorded."""
    customer_for(request.user, pk)
    services.record_view(customer_id=pk, by=actor_of(request))
    return _customer_page(request, pk)


def _customer_page(request: HttpRequest, pk: UUID, status: int = 200, **typed: Any) -> HttpResponse:
    customer = customer_for(request.user, pk)
    holds = list(selectors.holds_of(pk))
    context = {
        "customer": customer, "requests": selectors.requests_of(pk), "holds": holds,
        "obstacles": selectors.obstacles(customer), "kept_until": selectors.kept_until(customer, selectors.policy_in_force()),
        "form": RequestForm(), "hold_form": HoldForm(),
    }  # fmt: skip
    return render(request, "cases/privacy/customer.html", context | typed, status=status)


@require_POST
@requires(Permission.PRIVACY_WORK)
def request_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keeps a request. `pk` is the customer's; a refusal comes back with what was typed."""
    customer, form = customer_for(request.user, pk), RequestForm(request.POST)
    refused = refusal_of(
        form, lambda data: services.record_request(customer_id=customer.pk, **data, by=actor_of(request))
    )
    return _customer_page(request, pk, refused, form=form) if refused else redirect("cases:customer_privacy", pk)


@require_POST
@requires(Permission.PRIVACY_WORK)
def hold_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Places a hold. `pk` is the customer's."""
    customer, form = customer_for(request.user, pk), HoldForm(request.POST)
    refused = refusal_of(form, lambda data: services.place_hold(customer_id=customer.pk, **data, by=actor_of(request)))
    if refused:
        return _customer_page(request, pk, refused, hold_form=form)
    messages.success(request, "Nothing of this customer is erased while the hold is in force.")
    return redirect("cases:customer_privacy", pk)


@require_POST
@requires(Permission.PRIVACY_WORK)
def hold_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a hold; `pk` is the hold's."""
    hold, form = get_object_or_404(LegalHold, pk=pk), LiftForm(request.POST)
    customer_for(request.user, hold.customer_id)
    if form.is_valid():
        services.lift_hold(hold_id=hold.pk, **form.cleaned_data, by=actor_of(request))
        messages.success(request, "The hold is lifted.")
    else:
        messages.error(request, "Lifting a hold needs its reason.")
    return redirect("cases:customer_privacy", hold.customer_id)


@requires(Permission.PRIVACY_VIEW)
def request_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request with what stands in its way and what can be done. Looking is recorded."""
    row = selectors.request_with_id(pk)
    services.record_view(customer_id=row.customer_id, by=actor_of(request))
    return _request_page(request, row)


def _request_page(request: HttpRequest, row: PrivacyRequest, status: int = 200, **typed: Any) -> HttpResponse:
    erases = row.kind in ERASING
    context = {
        "row": row, "customer": row.customer, "erases": erases, "is_open": row.state == RequestState.OPEN,
        "obstacles": selectors.obstacles(row.customer) if erases and row.state == RequestState.OPEN else [],
        "is_mine": row.recorded_by_id == request.user.pk,
        "refusal": RefusalForm(initial={"version": row.version, "answer": selectors.answer_for(row.customer) if erases else ""}),
    }  # fmt: skip
    return render(request, "cases/privacy/request_detail.html", context | typed, status=status)


@require_POST
@requires(Permission.PRIVACY_WORK)
def erasure_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approves an erasing; what bars it is shown on the request's page."""
    row, form = selectors.request_with_id(pk), VersionForm(request.POST)
    if not form.is_valid():
        return _request_page(request, row, 422)
    try:
        services.approve_erasure(request_id=row.pk, version=form.cleaned_data["version"], by=actor_of(request))
        messages.success(request, "Approved. A worker erases it now.")
    except ProbityError as error:
        return _request_page(request, selectors.request_with_id(pk), error.status, refused=error)
    return redirect("cases:privacy_request", pk)


@require_POST
@requires(Permission.PRIVACY_WORK)
def request_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuses a request with the words for the customer."""
    row, form = selectors.request_with_id(pk), RefusalForm(request.POST)
    refused = refusal_of(form, lambda data: services.refuse_request(request_id=row.pk, **data, by=actor_of(request)))
    if refused:
        return _request_page(request, row, refused, refusal=form)
    messages.success(request, "Refused. Send the customer what you wrote.")
    return redirect("cases:privacy_request", pk)


@require_POST
@requires(Permission.PRIVACY_WORK)
def access_give(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The archive of what the customer may have; giving it out answers the request and is recorded."""
    row, form = selectors.request_with_id(pk), VersionForm(request.POST)
    if not form.is_valid():
        return _request_page(request, row, 422)
    archive, files = access_pack(row.customer_id)
    try:
        services.settle_access(
            request_id=row.pk, version=form.cleaned_data["version"], files=files, by=actor_of(request)
        )
    except ProbityError as error:
        archive.close()
        return _request_page(request, selectors.request_with_id(pk), error.status, refused=error)
    return FileResponse(archive, as_attachment=True, filename=f"access-{row.pk}.zip")


@requires(Permission.POLICY_EDIT)
def retention_policy(request: HttpRequest) -> HttpResponse:
    """How long data is kept; POST publishes a new version."""
    policy = selectors.policy_in_force()
    names = ("exited_years", "rejected_years")
    form = RetentionForm(request.POST or None, initial={name: getattr(policy, name) for name in names})
    if request.method == "POST" and form.is_valid():
        services.publish_retention_policy(**form.cleaned_data, by=actor_of(request))
        messages.success(request, "The policy is in force from now on.")
        return redirect("cases:retention_policy")
    context = {"form": form, "policy": policy, "versions": selectors.policies()[:20]}
    return render(request, "cases/privacy/retention_policy.html", context)
