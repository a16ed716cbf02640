"""How many deadlines will be missed, if people go on at the rate of the last days."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils.timezone import localtime

from cases.enums import CaseStatus
from core.clock import now
from core.words import said
from reporting.metrics.base import Figure, Metric, Scope
from reporting.metrics.cases import cases_in

_RATE_DAYS = 14
_AHEAD = 7
_SECONDS = 86_400


def breaches(due: Sequence[tuple[datetime, int]], rate: float, moment: datetime, ends: Sequence[datetime]) -> list[int]:
    """How many of the cases will have missed their deadline by each of `ends`, worked earliest deadline first.

    `due` is (deadline, cases) in order, `rate` decisions a day. A case breaches when its turn comes after its
    deadline, or never comes. Pure arithmetic: no new cases are assumed.
    """
    missed = [0] * len(ends)
    before = 0
    for deadline, number in due:
        in_time = int(max(0.0, (deadline - moment).total_seconds()) / _SECONDS * rate) - before
        late = number - min(number, max(0, in_time))
        before += number - late  # what is late already gives way to what can still be in time
        for place, end in enumerate(ends):
            if deadline <= end:
                missed[place] += late
    return missed


def _forecast(scope: Scope) -> Metric:
    moment = now()
    rows = cases_in(scope)
    decided = rows.filter(
        decisions__state="approved", decisions__proposed_by__isnull=False,
        decisions__settled_at__gte=moment - timedelta(days=_RATE_DAYS),
    ).aggregate(n=Count("decisions"))["n"]  # fmt: skip
    rate = decided / _RATE_DAYS
    last = moment + timedelta(days=_AHEAD)
    waiting = rows.exclude(status=CaseStatus.CLOSED).filter(
        needs_person_since__isnull=False, paused_since=None, due_at__lte=last
    )
    due = sorted(waiting.annotate(hour=TruncHour("due_at")).values_list("hour").annotate(n=Count("pk")))
    ends = [moment + timedelta(days=number) for number in range(_AHEAD + 1)]
    missed = breaches([(hour, number) for hour, number in due], rate, moment, ends)
    names = ["today", *(f"{localtime(end):%a %d %b}" for end in ends[1:])]
    table = tuple(
        (name, sum(n for hour, n in due if hour <= end), late)
        for name, end, late in zip(names, ends, missed, strict=True)
    )
    return Metric(
        "sla-forecast", "Deadlines ahead", ("by", "due", said("missed at this rate")), table, chart="line",
        sentence=said("{missed} will breach by {day} at this rate of {rate} decisions a day.", missed=missed[-1],
                      day=f"{localtime(last):%A}", rate=f"{rate:.1f}"),
        note=said("The rate is that of the last {rate_days} days; the earliest deadline first, no new cases assumed.",
                  rate_days=_RATE_DAYS),
    )  # fmt: skip


SLA_FORECAST = Figure("sla-forecast", "Deadlines ahead", _forecast)
