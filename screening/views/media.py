"""Pages of adverse media: articles about a customer, one with its quote and the decision on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, fragment, requires
from core.permissions import Permission
from customers.selectors import customer_for
from screening import selectors, services
from screening.forms import MediaForm


@requires(Permission.HIT_VIEW)
def media_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """Articles that seem to name the customer or its owners."""
    customer = customer_for(request.user, customer_pk)
    hits = selectors.media_hits_for_customer(customer)
    return fragment(request, "screening/_media_panel.html", {"customer": customer, "media_hits": hits})


@requires(Permission.HIT_VIEW)
def media_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An article in a few lines, for the evidence of a case. Looking is recorded."""
    hit = selectors.media_hit_for(request.user, pk)
    services.record_media_view(media_hit=hit, by=actor_of(request))
    return fragment(request, "screening/_media_card_body.html", {"hit": hit})


@requires(Permission.HIT_VIEW)
def media_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The quote with the name in it, how the names match, and the decision. Looking is recorded."""
    hit = selectors.media_hit_for(request.user, pk)
    form = MediaForm(request.POST or None)
    if request.method == "POST" and request.user.has_perm(Permission.HIT_DISPOSE) and form.is_valid():
        try:
            services.dispose_media_hit(media_hit_id=hit.pk, **form.cleaned_data, by=actor_of(request))
            messages.success(request, "Decided.")
            return redirect("screening:media_detail", hit.pk)
        except ProbityError as error:
            add_faults(form, error)
    services.record_media_view(media_hit=hit, by=actor_of(request))
    return render(request, "screening/media_detail.html", {"hit": hit, "form": form})
