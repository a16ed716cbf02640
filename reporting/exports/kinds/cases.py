"""Cases and alerts of a period."""

from collections.abc import Iterator

from cases.selectors import cases_visible_to, decisions_shown
from monitoring.selectors import alerts_visible_to
from reporting.exports.base import Cells, Export, Period, Table, register_export

_CASES = (
    "number", "kind", "status", "priority", "queue", "assignee", "customer", "rating", "country", "flagged amount", "opened",
    "due", "closed", "decision", "reason", "proposed by", "approved by",
)  # fmt: skip
_ALERTS = (
    "id", "scenario", "severity", "state", "disposition", "reason", "customer", "findings", "raised", "decided", "decided by",
)  # fmt: skip


def _cases(period: Period) -> Iterator[Cells]:
    rows = cases_visible_to(period.principal).prefetch_related(None).order_by("created_at")
    for case in rows.filter(created_at__date__gte=period.first, created_at__date__lte=period.last).iterator(
        chunk_size=500
    ):
        settled = decisions_shown(case, period.principal).filter(state="approved").first()
        people = [getattr(getattr(settled, name, None), "username", "") for name in ("proposed_by", "approved_by")]
        yield (
            case.number, case.kind, case.status, case.priority, case.queue.name, getattr(case.assignee, "username", ""),
            case.customer.external_id, case.rating, case.country, case.amount_flagged, case.created_at, case.due_at,
            case.closed_at, settled.kind if settled else "", settled.reason_code if settled else "", *people,
        )  # fmt: skip


def _alerts(period: Period) -> Iterator[Cells]:
    rows = alerts_visible_to(period.principal).prefetch_related(None).order_by("created_at")
    for alert in rows.filter(created_at__date__gte=period.first, created_at__date__lte=period.last).iterator(
        chunk_size=500
    ):
        decision = getattr(alert, "decision", None)
        yield (
            str(alert.pk), alert.scenario.title, alert.severity, alert.state, alert.disposition,
            decision.reason_code if decision else "", alert.customer.external_id, alert.findings.count(), alert.created_at,
            decision.created_at if decision else None, decision.decided_by.username if decision else "",
        )  # fmt: skip


CASES, ALERTS = Table("Cases", _CASES, _cases), Table("Alerts", _ALERTS, _alerts)
register_export(Export("cases", "Cases", "Cases opened in the period with their decisions.", lambda period: (CASES,)))
register_export(
    Export("alerts", "Alerts", "Alerts raised in the period and what became of them.", lambda period: (ALERTS,))
)
