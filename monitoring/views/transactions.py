"""Pages of transactions: those of a customer, expected against actual, the delivery of a file."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, fragment, requires
from core.pagination import page_of
from core.permissions import Permission
from customers.selectors import customer_for
from monitoring import selectors, services
from monitoring.exports import ledger_csv
from monitoring.forms import TransactionFileForm
from monitoring.intake.kinds import TRANSACTION
from monitoring.rows import rows_of_csv
from monitoring.sparkline import sparklines
from monitoring.works import AT_ONCE, DELIVERY
from workflows.services import start_work


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
                rows = rows_of_csv(file.read())
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
        "columns": [(name, cell.required) for name, cell in TRANSACTION.cells.items()],
    }  # fmt: skip
    return render(request, "monitoring/transaction_import.html", context, status=status)
