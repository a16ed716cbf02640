"""What cases tell of themselves: how many wait for people, and how their deadlines stand."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q

from cases.models import IN_QUEUE, Case
from core.clock import now
from core.measuring import Gauge, register_gauge

Rows = Iterator[tuple[tuple[str, ...], float]]
_NEAR = timedelta(hours=24)


def _open() -> Rows:
    rows = Case.objects.filter(IN_QUEUE).order_by().values_list("status").annotate(number=Count("id"))
    return (((status,), number) for status, number in rows)


def _deadlines() -> Rows:
    """Deadlines that are stopped, while a customer is asked, count as none."""
    moment = now()
    near = Q(due_at__gt=moment, due_at__lte=moment + _NEAR)
    rows = Case.objects.filter(IN_QUEUE, paused_since=None)
    counted = rows.aggregate(over=Count("id", filter=Q(due_at__lte=moment)), near=Count("id", filter=near))
    return (((standing,), counted[standing]) for standing in ("over", "near"))


register_gauge(Gauge("probity_cases_open", "Cases that wait for a person, by status.", _open, ("status",)))
register_gauge(Gauge("probity_cases_deadline", "Open cases whose deadline is over, or near: within 24 hours.", _deadlines,
                     ("standing",)))  # fmt: skip
