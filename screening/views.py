"""Pages of screening: lists with their versions, hits of a customer, one hit beside its list entry."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from customers.selectors import customer_for
from screening import selectors, services
from screening.comparison import comparison_rows
from screening.forms import DispositionForm, ImportForm
from screening.models import Hit
from screening.uploads import unpacked


@requires(Permission.LIST_VIEW)
def list_list(request: HttpRequest) -> HttpResponse:
    """Every list with its active version."""
    return render(request, "screening/list_list.html", {"watchlists": selectors.watchlists()})


@requires(Permission.LIST_VIEW)
def list_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A list's versions and the entries of the active one; `?q=` narrows by name."""
    watchlist = selectors.watchlist_for(pk)
    query = request.GET.get("q", "")
    page = page_of(request, selectors.entries_of(watchlist, query))
    context = {"watchlist": watchlist, "versions": watchlist.versions.all()[:20], "page": page, "query": query}
    return render(request, "screening/list_detail.html", context)


@requires(Permission.LIST_IMPORT)
def list_import(request: HttpRequest) -> HttpResponse:
    """Uploads a list; it is active when it is fit, and says what is wrong with it when it is not."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            with unpacked(data.pop("file")) as path:
                version = services.import_list(path=path, by=actor_of(request), **data)
            messages.success(
                request, f"{version.watchlist.name} v{version.number}: {version.entry_count} entries are active."
            )
            return redirect("screening:list_detail", version.watchlist_id)
        except ProbityError as error:
            add_faults(form, error)
    return render(request, "screening/list_import.html", {"form": form})


@requires(Permission.HIT_VIEW)
def hit_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's hits and when it was screened against what."""
    customer = customer_for(request.user, customer_pk)
    context = {
        "customer": customer, "hits": selectors.hits_for_customer(customer),
        "summary": selectors.screening_summary(customer), "screening": selectors.last_screening(customer),
    }  # fmt: skip
    template = "screening/_panel.html" if request.htmx else "screening/panel.html"  # type: ignore[attr-defined]
    return render(request, template, context)


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
