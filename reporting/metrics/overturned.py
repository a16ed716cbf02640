"""How often the second person returned what the first proposed: by month and by the reason that was given."""

from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from cases.enums import DecisionState
from core.intervals import wilson
from reporting.metrics.base import Figure, Metric, Row, Scope, percent
from reporting.metrics.cases import cases_in

_HEADER = ("settled", "overturned", "overturned %", "at least %", "at most %")
_NOTE = "Of proposals that a second person settled, the share that was returned, with the 95 % interval of Wilson."


def _rows(scope: Scope, group: str, **made: Any) -> tuple[Row, ...]:
    """By group: how many were settled and how many of these returned; policies propose nothing here."""
    settled = cases_in(scope).filter(
        decisions__settled_at__gte=scope.since, decisions__proposed_by__isnull=False,
        decisions__state__in=(DecisionState.APPROVED, DecisionState.RETURNED),
    )  # fmt: skip
    told = settled.annotate(**made).values(group).annotate(
        of=Count("decisions"), returned=Count("decisions", filter=Q(decisions__state=DecisionState.RETURNED))
    )  # fmt: skip
    return tuple(_row(item[group], item["returned"], item["of"]) for item in told.order_by(group))


def _row(name: Any, returned: int, settled: int) -> Row:
    low, high = wilson(returned, settled)
    shown = f"{name:%Y-%m}" if hasattr(name, "strftime") else str(name).replace("_", " ")
    return shown, settled, returned, percent(returned, settled), round(100 * low), round(100 * high)


def _by_month(scope: Scope) -> Metric:
    rows = _rows(scope, "month", month=TruncMonth("decisions__settled_at"))
    return Metric("overturned-by-month", "Overturned decisions by month", ("month", *_HEADER), rows,
                  drawn=("overturned %",), note=_NOTE)  # fmt: skip


def _by_reason(scope: Scope) -> Metric:
    rows = _rows(scope, "decisions__reason_code")
    return Metric("overturned-by-reason", "Overturned decisions by reason", ("reason", *_HEADER), rows,
                  drawn=("overturned %",), note=_NOTE)  # fmt: skip


OVERTURNED_BY_MONTH = Figure("overturned-by-month", "Overturned decisions by month", _by_month)
OVERTURNED_BY_REASON = Figure("overturned-by-reason", "Overturned decisions by reason", _by_reason)
