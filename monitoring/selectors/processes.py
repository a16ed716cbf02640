"""Process events: those that judging a batch record takes, and what pages and clients see of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min, QuerySet

from customers.models import Customer
from customers.selectors import of_visible_customers
from monitoring.domains.pharma import PHARMA
from monitoring.models import OperatorQualification, ProcessEvent
from monitoring.rules.needs import Needs

MOST_ROWS = 20_000
_COMPUTED = {*PHARMA.derived, *(table.gives for table in PHARMA.files.tables.values())}
_STORED = ("id", PHARMA.subject, PHARMA.time, *(name for name in PHARMA.fields if name not in _COMPUTED))
EVENT_COLUMNS = (*_STORED, "is_qualified")


def process_rows(customer: Customer, process_id: str, needs: Needs) -> list[tuple[Any, ...]]:
    """The events of a process with those of the customer's other processes that rules look at beside them, as values of
    EVENT_COLUMNS; of each the newest MOST_ROWS."""
    own = customer.process_events.filter(process_id=process_id)
    found = {row[0]: row for row in own.order_by("-started_at").values_list(*_STORED)[:MOST_ROWS]}
    span = own.aggregate(first=Min("started_at"), last=Max("started_at"))
    for name, days in needs.among.items():
        reach = timedelta(days=days)
        values = list(own.order_by().values_list(name, flat=True).distinct())
        near = customer.process_events.filter(started_at__gt=span["first"] - reach, started_at__lt=span["last"] + reach)
        rows = near.filter(**{f"{name}__in": [value for value in values if value]}).order_by("-started_at")
        found |= {row[0]: row for row in rows.values_list(*_STORED)[:MOST_ROWS]}
    return _qualified(customer, found.values())


def _qualified(customer: Customer, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """With 1 where the table has the operator for the step at that time, 0 where not; unknown without a table."""
    table: dict[tuple[str, str], list[tuple[datetime, datetime | None]]] = {}
    for operator, step, begin, end in OperatorQualification.objects.filter(customer=customer).values_list(
        "operator_id", "step", "valid_from", "valid_until"
    ):
        table.setdefault((operator, step), []).append((begin, end))
    own, done, at = (_STORED.index(name) for name in ("operator_id", "step", PHARMA.time))

    def told(row: tuple[Any, ...]) -> float | None:
        spans = table.get((row[own], row[done]), [])
        return (
            float(any(begin <= row[at] and (end is None or row[at] < end) for begin, end in spans)) if table else None
        )

    return [(*row, told(row)) for row in rows]


def process_events_visible_to(principal: Any) -> QuerySet[ProcessEvent]:
    """Process events of the customers that `principal` may see, newest first."""
    return ProcessEvent.objects.select_related("customer").filter(of_visible_customers(principal))


def qualifications_visible_to(principal: Any) -> QuerySet[OperatorQualification]:
    """Qualifications of operators of the customers that `principal` may see."""
    return OperatorQualification.objects.select_related("customer").filter(of_visible_customers(principal))
