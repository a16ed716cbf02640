"""Pages of alerts: those of a customer, one as a card, one with the decision on it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, fragment, requires
from core.pagination import page_of
from core.permissions import Permission
from customers.selectors import customer_for
from monitoring import selectors, services
from monitoring.forms import AlertForm, SnoozeForm
from monitoring.sparkline import sparklines


@requires(Permission.ALERT_VIEW)
def alert_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's alerts, each with its findings and every condition's real value."""
    customer = customer_for(request.user, customer_pk)
    context = {"customer": customer, "alerts": selectors.alerts_visible_to(request.user).filter(customer=customer)}
    return fragment(request, "monitoring/_alerts.html", context)


@requires(Permission.ALERT_VIEW)
def alert_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An alert as a card of a case: its newest findings with every condition's real value. Looking is recorded."""
    alert = selectors.alert_for(request.user, pk)
    services.record_alert_view(alert=alert, by=actor_of(request))
    activity = selectors.activity_for_customer(alert.customer)
    context = {
        "alert": alert, "findings": alert.newest_findings, "back": request.GET.get("back", ""),  # type: ignore[attr-defined]
        "activity": activity, "lines": sparklines(activity.came_in, activity.went_out),
        "base_currency": settings.BASE_CURRENCY,
        "scores": selectors.scores_told_to(request.user, selectors.scores_of_alert(alert)[:1]),
        "is_hidden": selectors.is_suggestion_hidden(alert),
    }  # fmt: skip
    return fragment(request, "monitoring/_alert_card.html", context)


@requires(Permission.ALERT_VIEW)
def alert_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One alert with its findings and the decision form. Looking is recorded."""
    services.record_alert_view(alert=selectors.alert_for(request.user, pk), by=actor_of(request))
    return _alert_page(request, pk, AlertForm())


@require_POST
@requires(Permission.ALERT_DISPOSE)
def alert_dispose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decides an alert; what was typed is kept where it cannot be."""
    alert = selectors.alert_for(request.user, pk)
    form = AlertForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            services.dispose_alert(alert_id=alert.pk, **form.cleaned_data, by=actor_of(request))
            messages.success(request, "The alert is decided.")
            return redirect("monitoring:alert_detail", alert.pk)
        except ProbityError as error:
            add_faults(form, error)
            status = error.status
    return _alert_page(request, pk, form, status)


@require_POST
@requires(Permission.ALERT_DISPOSE)
def alert_snooze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Has the alert's scenario raise nothing more about this customer until a day."""
    alert = selectors.alert_for(request.user, pk)
    form = SnoozeForm(request.POST)
    if form.is_valid():
        try:
            services.snooze_alerts(alert_id=alert.pk, **form.cleaned_data, by=actor_of(request))
            messages.success(request, "The scenario is snoozed for this customer.")
            return redirect("monitoring:alert_detail", alert.pk)
        except ProbityError as error:
            add_faults(form, error)
    return _alert_page(request, pk, AlertForm(), 422, snooze_form=form)


def _alert_page(
    request: HttpRequest, pk: UUID, form: AlertForm, status: int = 200, *, snooze_form: SnoozeForm | None = None
) -> HttpResponse:
    alert = selectors.alert_for(request.user, pk)
    context = {
        "alert": alert,
        "form": form,
        "snooze_form": snooze_form or SnoozeForm(),
        "snooze": selectors.snooze_of(alert),
        "scores": selectors.scores_told_to(request.user, selectors.scores_of_alert(alert)),
        "is_hidden": selectors.is_suggestion_hidden(alert),
        "page": page_of(request, selectors.findings_of_alert(alert)),
    }
    return render(request, "monitoring/alert_detail.html", context, status=status)
