"""Pages of transactions: those of a customer, expected against actual."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from core.http import actor_of, fragment, requires
from core.pagination import page_of
from core.permissions import Permission
from customers.selectors import customer_for
from monitoring import selectors, services
from monitoring.exports import ledger_csv
from monitoring.sparkline import sparklines


@requires(Permission.TRANSACTION_VIEW)
def transaction_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's transactions: sorted, narrowed and grouped by the URL, with totals. Looking is recorded."""
    customer = customer_for(request.user, customer_pk)
    services.record_transactions_view(customer=customer, by=actor_of(request))
    query = selectors.ledger_query(request.GET.dict())
    rows = selectors.ledger_groups(customer, query) if query.grouped else selectors.ledger_rows(customer, query)
    activity = selectors.activity_for_customer(customer)
    context = {
        "customer": customer, "page": page_of(request, rows), "query": query, "periods": selectors.PERIODS,
        "totals": selectors.ledger_totals(customer, query), "base_currency": settings.BASE_CURRENCY,
        "activity": activity, "lines": sparklines(activity.came_in, activity.went_out), "home": _home(request),
        "archived": selectors.archived_of(customer.pk),
    }  # fmt: skip
    return fragment(request, "monitoring/_transactions.html", context)


def _home(request: HttpRequest) -> str:
    """The path of the page that the table stands on: its states are addresses of that page."""
    shown: str = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
    return shown.partition("?")[0] or request.path


@requires(Permission.REPORT_EXPORT)
def transaction_csv(request: HttpRequest, customer_pk: UUID) -> StreamingHttpResponse:
    """The same rows as CSV, all of them. Recorded."""
    customer = customer_for(request.user, customer_pk)
    services.record_transactions_view(customer=customer, by=actor_of(request), exported=True)
    rows = selectors.ledger_rows(customer, selectors.ledger_query(request.GET.dict()))
    response = StreamingHttpResponse(ledger_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="transactions-{customer.pk}.csv"'
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.TRANSACTION_VIEW)
def activity_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """What was expected of the customer beside what happened, and the accounts it runs through. Looking is recorded."""
    customer = customer_for(request.user, customer_pk)
    services.record_transactions_view(customer=customer, by=actor_of(request))
    activity = selectors.activity_for_customer(customer)
    context = {
        "customer": customer, "profile": selectors.activity_profile(customer), "activity": activity,
        "lines": sparklines(activity.came_in, activity.went_out), "base_currency": settings.BASE_CURRENCY,
    }  # fmt: skip
    return fragment(request, "monitoring/_activity.html", context)
