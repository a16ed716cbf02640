"""Pages of monitoring: alerts and transactions of a customer, scenarios, deliveries, rates."""

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
from monitoring.forms import AlertForm, RateForm, TransactionFileForm
from monitoring.rows import TransactionInput, transactions_from_csv
from monitoring.rules.trace import nodes_of
from monitoring.rules.words import text_of
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.sparkline import sparklines
from monitoring.works import AT_ONCE, DELIVERY
from workflows.services import start_work


@requires(Permission.ALERT_VIEW)
def alert_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's alerts, each with its findings and every condition's real value."""
    customer = customer_for(request.user, customer_pk)
    context = {"customer": customer, "alerts": selectors.alerts_for_customer(customer)}
    return fragment(request, "monitoring/_alerts.html", context)


@requires(Permission.TRANSACTION_VIEW)
def transaction_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's transactions with totals and the last weeks as a small chart. Looking is recorded."""
    customer = customer_for(request.user, customer_pk)
    services.record_transactions_view(customer=customer, by=actor_of(request))
    activity = selectors.activity_for_customer(customer)
    context = {
        "customer": customer, "page": page_of(request, selectors.transactions_for_customer(customer)),
        "summary": selectors.monitoring_summary(customer), "base_currency": settings.BASE_CURRENCY,
        "activity": activity, "lines": sparklines(activity.came_in, activity.went_out),
    }  # fmt: skip
    return fragment(request, "monitoring/_transactions.html", context)


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


def _alert_page(request: HttpRequest, pk: UUID, form: AlertForm, status: int = 200) -> HttpResponse:
    alert = selectors.alert_for(request.user, pk)
    context = {"alert": alert, "form": form, "page": page_of(request, selectors.findings_of_alert(alert))}
    return render(request, "monitoring/alert_detail.html", context, status=status)


@requires(Permission.SCENARIO_VIEW)
def scenario_list(request: HttpRequest) -> HttpResponse:
    """Every scenario with its alerts."""
    return render(request, "monitoring/scenario_list.html", {"scenarios": selectors.scenarios()})


@requires(Permission.SCENARIO_VIEW)
def scenario_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A scenario: its rule as text, its parameters with their meaning, its rationale, its versions."""
    scenario = selectors.scenario_for(pk)
    versions = list(scenario.versions.all())
    definition = ScenarioDefinition(**versions[0].definition)
    rule = definition.checked()
    context = {
        "scenario": scenario, "versions": versions, "definition": definition,
        "conditions": [(depth, type(node).__name__, text_of(node)) for _, depth, node in nodes_of(rule.condition)],
        "measures": [(measure.name, text_of(measure.operand)) for measure in rule.measures],
        "parameters": [(name, value, definition.meanings.get(name, "")) for name, value in rule.parameters.items()],
    }  # fmt: skip
    return render(request, "monitoring/scenario_detail.html", context)


@requires(Permission.TRANSACTION_CREATE)
def transaction_import(request: HttpRequest) -> HttpResponse:
    """Takes in a CSV file, a large one as long work; rows that are not good come back with line and reason."""
    form = TransactionFileForm(request.POST or None, request.FILES or None)
    result, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                file = form.cleaned_data["file"]
                rows = transactions_from_csv(file.read())
                if len(rows) > AT_ONCE:
                    work = start_work(
                        kind=DELIVERY, title=f"{len(rows):,} transactions", by=actor_of(request), file=file
                    )
                    return redirect("workflows:work_detail", work.pk)
                result = services.ingest_transactions(rows=rows, source="csv upload", by=actor_of(request))
                status = 200
            except ProbityError as error:
                add_faults(form, error)
    context = {
        "form": form, "result": result, "ingests": selectors.ingests()[:20],
        "columns": [(name, field.required) for name, field in TransactionInput().fields.items()],
    }  # fmt: skip
    return render(request, "monitoring/transaction_import.html", context, status=status)


@requires(Permission.SCENARIO_EDIT)
def rate_list(request: HttpRequest) -> HttpResponse:
    """Exchange rates; POST sets one."""
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_rate(**form.cleaned_data, by=actor_of(request))
        messages.success(request, "The rate is set.")
        return redirect("monitoring:rate_list")
    context = {
        "form": form,
        "page": page_of(request, selectors.exchange_rates()),
        "base_currency": settings.BASE_CURRENCY,
    }
    return render(request, "monitoring/rate_list.html", context)
