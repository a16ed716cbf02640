"""Figures of cases: where they stand, how long they have waited, how many come and go."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from cases.enums import CaseStatus
from cases.selectors import cases_visible_to
from core.clock import now
from core.words import said
from reporting.metrics.base import Figure, Metric, Scope

_AGES = ((1, said("under 1 day")), (2, said("1-2 days")), (5, said("2-5 days")), (10, said("5-10 days")))


def cases_in(scope: Scope) -> QuerySet[Any]:
    """The cases of the scope's team that its principal may see, bare: for counting."""
    rows = cases_visible_to(scope.principal).select_related(None).prefetch_related(None).order_by()
    return rows.filter(queue=scope.queue) if scope.queue else rows


def _by_status(scope: Scope) -> Metric:
    recent = ~Q(status=CaseStatus.CLOSED) | Q(closed_at__gte=scope.since)
    told = dict(cases_in(scope).filter(recent).values_list("status").annotate(number=Count("pk")))
    rows = tuple((label, told.get(value, 0)) for value, label in CaseStatus.choices)
    note = said("Open cases of any age, and those closed within the period.")
    return Metric("cases-by-status", "Cases by status", ("status", "cases"), rows, note=note)


def _queue_age(scope: Scope) -> Metric:
    """One pass over the open cases."""
    moment, later = now(), now() + timedelta(days=1)
    buckets = {}
    for days, label in _AGES:
        earlier = moment - timedelta(days=days)
        buckets[label] = Q(needs_person_since__gt=earlier, needs_person_since__lte=later)
        later = earlier
    buckets["over 10 days"] = Q(needs_person_since__lte=later)
    counts = {f"n{place}": Count("pk", filter=bucket) for place, bucket in enumerate(buckets.values())}
    waiting = cases_in(scope).exclude(status=CaseStatus.CLOSED).filter(needs_person_since__isnull=False)
    told = waiting.aggregate(**counts)
    rows = tuple((label, told[f"n{place}"]) for place, label in enumerate(buckets))
    note = said("Open cases that wait for a person, since they began to.")
    return Metric("queue-age", "Age of the queue", ("age", "cases"), rows, note=note)


def _throughput(scope: Scope) -> Metric:
    """Cases opened and decided a day, and how many of the decisions needed no person."""
    opened = dict(
        cases_in(scope)
        .filter(created_at__gte=scope.since)
        .annotate(day=TruncDate("created_at"))
        .values_list("day")
        .annotate(n=Count("pk"))
    )
    settled = cases_in(scope).filter(decisions__state="approved", decisions__settled_at__gte=scope.since)
    by_policy = Count("decisions", filter=Q(decisions__proposed_by=None))
    told: dict[date, tuple[int, int]] = {
        row["day"]: (row["n"], row["auto"])
        for row in settled.annotate(day=TruncDate("decisions__settled_at"))
        .values("day")
        .annotate(n=Count("decisions"), auto=by_policy)
    }
    rows = tuple((day.isoformat(), opened.get(day, 0), *told.get(day, (0, 0))) for day in scope.every_day)
    header = ("day", "opened", "decided", said("of these by policy"))
    return Metric("throughput", "Cases a day", header, rows, chart="line")


CASES_BY_STATUS = Figure("cases-by-status", "Cases by status", _by_status)
QUEUE_AGE = Figure("queue-age", "Age of the queue", _queue_age)
THROUGHPUT = Figure("throughput", "Cases a day", _throughput)
