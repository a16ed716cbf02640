"""Pages of hits: those of a customer, one as a card, one beside its list entry with the decision on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, fragment, requires
from core.permissions import Permission
from customers.selectors import customer_for
from screening import selectors, services
from screening.comparison import comparison_rows
from screening.forms import DispositionForm
from screening.models import Hit


@requires(Permission.HIT_VIEW)
def hit_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's hits and when it was screened against what."""
    customer = customer_for(request.user, customer_pk)
    context = {
        "customer": customer, "hits": selectors.hits_for_customer(customer),
        "summary": selectors.screening_summary(customer), "screening": selectors.last_screening(customer),
    }  # fmt: skip
    return fragment(request, "screening/_panel.html", context)


@requires(Permission.HIT_VIEW)
def hit_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A hit in a few lines, for the evidence of a case. Looking is recorded."""
    hit = selectors.hit_for(request.user, pk)
    services.record_hit_view(hit=hit, by=actor_of(request))
    context = {"hit": hit, "rows": comparison_rows(hit), "back": request.GET.get("back", "")}
    return fragment(request, "screening/_hit_card.html", context)


@requires(Permission.HIT_VIEW)
def hit_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Customer and listed party field by field, with the reasons and the decision form. Looking is recorded."""
    hit = selectors.hit_for(request.user, pk)
    services.record_hit_view(hit=hit, by=actor_of(request))
    return _hit_page(request, hit, DispositionForm())


@require_POST
@requires(Permission.HIT_DISPOSE)
def hit_dispose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decides a hit; what was typed is kept where it cannot be."""
    hit = selectors.hit_for(request.user, pk)
    form = DispositionForm(request.POST)
    if form.is_valid():
        try:
            services.dispose_hit(hit_id=hit.pk, **form.cleaned_data, by=actor_of(request))
            messages.success(request, "The hit is decided.")
            return redirect("screening:hit_detail", hit.pk)
        except ProbityError as error:
            add_faults(form, error)
    return _hit_page(request, hit, form)


def _hit_page(request: HttpRequest, hit: Hit, form: DispositionForm) -> HttpResponse:
    following = selectors.open_hits_for_customer(hit.customer).exclude(pk=hit.pk).first()
    context = {"hit": hit, "rows": comparison_rows(hit), "form": form, "next_hit": following}
    return render(request, "screening/hit_detail.html", context)


@require_POST
@requires(Permission.PARTY_SCREEN)
def customer_screen(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """Screens a customer again, now."""
    customer = customer_for(request.user, customer_pk)
    screening = services.screen_customer(customer=customer, by=actor_of(request))
    messages.success(request, f"Screened {screening.parties} parties; {screening.raised} match(es) raised.")
    return redirect("screening:hit_panel", customer.pk)
