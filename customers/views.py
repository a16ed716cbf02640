"""Pages of customers: the facts, the rating with its reasons, the rating policy."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.exceptions import Fault, ProbityError
from core.forms import add_faults
from core.http import actor_of, fragment, local_path, requires
from core.masking import open_for
from core.pagination import PAGE_SIZE, SEARCH_SIZE, page_of
from core.permissions import Permission
from core.words import said
from customers import selectors, services
from customers.exceptions import RatingPolicyInvalid
from customers.forms import CustomerFilterForm, RatingPolicyForm, RevealForm
from customers.risk.policy import policy_from_json
from customers.works import TRYING
from workflows.services import start_work

_TABS = {
    "overview": said("Overview"), "documents": said("Documents"), "screening": said("Screening"), "alerts": said("Alerts"),
    "transactions": said("Transactions"), "record": said("Record"),
}  # fmt: skip


@requires(Permission.CUSTOMER_VIEW)
def customer_list(request: HttpRequest) -> HttpResponse:
    """Every customer, newest first; the address narrows it by rating, status and kind.

    A search is a POST: a name is personal and stays out of URLs and access logs.
    """
    query, form = request.POST.get("q", ""), CustomerFilterForm(request.GET)
    narrowing = form.cleaned_data if form.is_valid() else {}
    rows = selectors.narrowed(selectors.customers_matching(request.user, query), **narrowing)
    page = page_of(request, rows, size=SEARCH_SIZE if query else PAGE_SIZE)
    services.record_list_view(customer_ids=[customer.pk for customer in page], by=actor_of(request))
    context = {"page": page, "query": query, "form": form, "narrowed": any(narrowing.values())}
    return render(request, "customers/customer_list.html", context)


@requires(Permission.CUSTOMER_VIEW)
def customer_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One customer: the facts, and a tab for each control and for the record. Looking is recorded."""
    customer = selectors.customer_for(request.user, pk)
    services.record_customer_view(customer_id=customer.pk, by=actor_of(request))
    tab = request.GET.get("tab", "")
    context = {
        "customer": customer, "rating": selectors.current_rating(customer), "tabs": _TABS,
        "tab": tab if tab in _TABS else "overview",
    }  # fmt: skip
    return render(request, "customers/customer_detail.html", context)


@requires(Permission.CUSTOMER_VIEW)
def rating_panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rating with every factor's contribution and reason. Looking is recorded."""
    customer = selectors.customer_for(request.user, pk)
    services.record_rating_view(customer_id=pk, by=actor_of(request))
    context = {"customer": customer, "rating": selectors.current_rating(customer)}
    return fragment(request, "customers/_rating.html", context)


@require_POST
@requires(Permission.IDENTIFIER_REVEAL)
def identifier_reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shows one customer's masked values in this session for a quarter of an hour. Recorded, with the reason."""
    customer = selectors.customer_for(request.user, pk)
    form = RevealForm(request.POST)
    if form.is_valid():
        services.record_reveal(customer_id=customer.pk, reason=form.cleaned_data["reason"], by=actor_of(request))
        open_for(request, customer.pk)
    else:
        messages.error(request, "Say in a few words why you need to see them.")
    page = reverse("customers:customer_detail", args=[customer.pk])
    return redirect(local_path(form.cleaned_data.get("next", ""), page))


@requires(Permission.RATING_CONFIGURE)
def rating_policy(request: HttpRequest) -> HttpResponse:
    """The weights and thresholds in force; POST publishes a new version, or shows what it would change (`try`)."""
    form = RatingPolicyForm(request.POST or None, policy=services.policy_in_force())
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            return _tried(request, form)
        try:
            policy = services.publish_rating_policy(factors=form.as_factors(), by=actor_of(request))
            messages.success(
                request, said("Version {number} is in force for every rating from now on.", number=policy.number)
            )
            return redirect("customers:rating_policy")
        except ProbityError as error:
            add_faults(form, error)
    return _policy_page(request, form)


def _tried(request: HttpRequest, form: RatingPolicyForm) -> HttpResponse:
    """What the policy would change: at once where few customers are rated, else as long work that can be watched."""
    shape, faults = policy_from_json(form.as_factors())
    for pointer, text in faults:
        add_faults(form, RatingPolicyInvalid("The rating policy is not valid.", [Fault(pointer, text)]))
    if shape is None:
        return _policy_page(request, form)
    if selectors.rated_customers()[: selectors.AT_ONCE + 1].count() <= selectors.AT_ONCE:
        return _policy_page(request, form, trial=selectors.policy_trial(shape))
    work = start_work(
        kind=TRYING, title="What a rating policy would change", inputs=form.as_factors(), by=actor_of(request)
    )
    return redirect("workflows:work_detail", work.pk)


def _policy_page(request: HttpRequest, form: RatingPolicyForm, **more: object) -> HttpResponse:
    versions = selectors.rating_policies()[:20]
    context = {"form": form, "versions": versions, "next": versions[0].number + 1 if versions else 1}
    return render(request, "customers/rating_policy.html", context | more)
