"""Numbers for the dashboard: each a table of rows that a chart and a CSV show alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import get_current_timezone

from cases.enums import CaseStatus
from cases.models import Case, Decision
from core.clock import now, today
from monitoring.selectors import alert_counts, scenarios
from screening.selectors import hit_counts_by_list

_DAYS = 30
_AGES = ((1, "under 1 day"), (2, "1-2 days"), (5, "2-5 days"), (10, "5-10 days"))


Cell = str | int | None


@dataclass(frozen=True)
class Metric:
    """`header` names the columns; the first is the category, the others are numbers, None where there is none yet."""

    code: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def cases_by_status() -> Metric:
    told = dict(Case.objects.values_list("status").annotate(number=Count("pk")).order_by())
    rows = tuple((label, told.get(value, 0)) for value, label in CaseStatus.choices)
    return Metric("cases-by-status", "Cases by status", ("status", "cases"), rows)


def queue_age() -> Metric:
    """How long open cases have waited for a person."""
    waiting = Case.objects.exclude(status=CaseStatus.CLOSED).filter(needs_person_since__isnull=False)
    moment = now()
    rows: list[tuple[Cell, ...]] = []
    later = moment
    for days, label in _AGES:
        earlier = moment - timedelta(days=days)
        rows.append((label, waiting.filter(needs_person_since__gt=earlier, needs_person_since__lte=later).count()))
        later = earlier
    rows.append(("over 10 days", waiting.filter(needs_person_since__lte=later).count()))
    return Metric("queue-age", "Age of the queue", ("age", "cases"), tuple(rows))


def throughput() -> Metric:
    """Cases opened and decided a day, and how many of the decisions needed no person, over 30 days."""
    first = today() - timedelta(days=_DAYS)
    since = datetime.combine(first, time.min, tzinfo=get_current_timezone())
    opened = dict(
        Case.objects.filter(created_at__gte=since)
        .annotate(day=TruncDate("created_at"))
        .values_list("day")
        .annotate(n=Count("pk"))
        .order_by()
    )
    settled = Decision.objects.filter(settled_at__gte=since, state="approved").annotate(day=TruncDate("settled_at"))
    told: dict[date, tuple[int, int]] = {
        row["day"]: (row["n"], row["auto"])
        for row in settled.values("day")
        .annotate(n=Count("pk"), auto=Count("pk", filter=Q(proposed_by=None)))
        .order_by()
    }
    days = [first + timedelta(days=number) for number in range(_DAYS + 1)]
    rows = tuple((day.isoformat(), opened.get(day, 0), *told.get(day, (0, 0))) for day in days)
    return Metric("throughput", "Cases a day", ("day", "opened", "decided", "of these by policy"), rows)


def hits_by_list() -> Metric:
    """Hits of each list and the share of decided ones that were false positives; None while none is decided."""
    rows: list[tuple[Cell, ...]] = []
    for row in hit_counts_by_list():
        decided = row.true_matches + row.false_positives
        share = round(100 * row.false_positives / decided) if decided else None
        rows.append((row.name, row.still_open, row.true_matches, row.false_positives, share))
    header = ("list", "open", "true matches", "false positives", "false positives %")
    return Metric("hits-by-list", "Hits by list", header, tuple(rows))


def alerts_by_scenario() -> Metric:
    """Alerts of each scenario and how many were found suspicious."""
    rows = tuple((item.title, *alert_counts(item)) for item in scenarios())
    return Metric("alerts-by-scenario", "Alerts by scenario", ("scenario", "alerts", "open", "suspicious"), rows)


METRICS: dict[str, Callable[[], Metric]] = {
    "cases-by-status": cases_by_status,
    "queue-age": queue_age,
    "throughput": throughput,
    "hits-by-list": hits_by_list,
    "alerts-by-scenario": alerts_by_scenario,
}
