"""Pages of hits: those of a customer, one as a card, one beside its list entry with the decision on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, fragment, local_path, requires
from core.permissions import Permission
from core.words import said
from customers.selectors import customer_for
from screening import selectors, services
from screening.comparison import ComparisonRow, comparison_rows, counterfactuals_of
from screening.enums import REASONS_FOR, HitDisposition, HitReason
from screening.forms import DispositionForm
from screening.models import Hit

_FIELD_OF = {
    HitReason.SAME_IDENTITY: "", HitReason.NOT_ENOUGH: "", HitReason.OTHER_BIRTH_DATE: said("birth date"),
    HitReason.OTHER_COUNTRY: "country", HitReason.OTHER_NAME: "name", HitReason.OTHER_GENDER: "gender",
}  # fmt: skip


@requires(Permission.HIT_VIEW)
def hit_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's hits and when it was screened against what."""
    customer = customer_for(request.user, customer_pk)
    context = {
        "customer": customer, "hits": selectors.hits_for_customer(customer),
        "summary": selectors.screening_summary(customer), "screening": selectors.last_screening(customer),
        "checks": selectors.checks_of(customer.pk),
        "back": request.htmx.current_url_abs_path or "",  # type: ignore[attr-defined]
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
    return _hit_page(request, hit, DispositionForm(initial={"back": request.GET.get("back", "")}))


@require_POST
@requires(Permission.HIT_DISPOSE)
def hit_dispose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decides a hit and goes on to the next open one; what was typed is kept where it cannot be decided."""
    hit = selectors.hit_for(request.user, pk)
    form = DispositionForm(request.POST)
    status = 422
    if form.is_valid():
        data = dict(form.cleaned_data)
        back = data.pop("back")
        try:
            services.dispose_hit(hit_id=hit.pk, **data, by=actor_of(request))
            messages.success(request, "The hit is decided.")
            return redirect(_after(hit, back))
        except ProbityError as error:
            add_faults(form, error)
            status = error.status
    return _hit_page(request, hit, form, status)


def _after(hit: Hit, back: str) -> str:
    """The next open hit of the customer; else where one came from, else this hit as it is decided."""
    here = reverse("screening:hit_detail", args=[hit.pk])
    following = selectors.open_hits_for_customer(hit.customer).exclude(pk=hit.pk).first()
    if following is None:
        return local_path(back, here)
    query = f"?{urlencode({'back': back})}" if back else ""
    return reverse("screening:hit_detail", args=[following.pk]) + query


def _hit_page(request: HttpRequest, hit: Hit, form: DispositionForm, status: int = 200) -> HttpResponse:
    back = form["back"].value() or ""
    rows = comparison_rows(hit)
    context = {
        "hit": hit, "rows": rows, "counterfactuals": counterfactuals_of(hit), "form": form,
        "back": local_path(back, ""), "place": selectors.place_of_hit(hit),
        "suppression": hit.suppressions.select_related("author", "approver").filter(ended_at=None).first(),
        "dispositions": HitDisposition,
        "reasons": _reasons(rows, form),
    }  # fmt: skip
    return render(request, "screening/hit_detail.html", context, status=status)


def _reasons(rows: list[ComparisonRow], form: DispositionForm) -> list[dict[str, object]]:
    """Every reason with the disposition it is for, and what the comparison says to it: a rationale to begin with."""
    told = {row.field: row.reason for row in rows if row.reason}
    chosen = form["reason_code"].value()
    return [
        {
            "value": reason.value, "label": reason.label, "for": disposition.value, "is_chosen": reason == chosen,
            "rationale": f"{reason.label}: {told[_FIELD_OF[reason]]}." if told.get(_FIELD_OF[reason]) else reason.label,
        }
        for disposition, reasons in REASONS_FOR.items()
        for reason in reasons
    ]  # fmt: skip


@require_POST
@requires(Permission.PARTY_SCREEN)
def customer_screen(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """Screens a customer again, now."""
    customer = customer_for(request.user, customer_pk)
    screening = services.screen_customer(customer=customer, by=actor_of(request))
    messages.success(
        request,
        said(
            "Screened {parties} parties; {raised} match(es) raised.", parties=screening.parties, raised=screening.raised
        ),
    )
    return redirect("screening:hit_panel", customer.pk)
