"""What the engine tells of itself: the queue of due steps, runs, long work, periodic work."""

from collections.abc import Iterator

from django.db.models import Count, Min

from core.clock import now
from core.measuring import Counter, Gauge, Histogram, register_gauge
from workflows.enums import RunState, StepState, Urgency, WorkState
from workflows.models import LongWork, PeriodicTask, Run, StepRun

Rows = Iterator[tuple[tuple[str, ...], float]]
STEPS = Counter("probity_steps", "Attempts of steps by what they became.", ["action", "state"])
STEP_SECONDS = Histogram("probity_step_seconds", "How long attempts of steps took.", ["action"],
                         buckets=(0.05, 0.25, 1, 5, 30, 120, 600))  # fmt: skip
LEASES_LOST = Counter(
    "probity_leases_lost", "Attempts whose effects were discarded: another worker had the step by then."
)
_OPEN_RUNS = (RunState.RUNNING, RunState.WAITING, RunState.DEAD)


def _due() -> dict[int, tuple[int, float]]:
    """Number and seconds of the oldest by urgency."""
    moment = now()
    rows = StepRun.objects.filter(state=StepState.PENDING, run_at__lte=moment).order_by()
    found = rows.values_list("run__urgency").annotate(number=Count("id"), oldest=Min("run_at"))
    return {urgency: (number, (moment - oldest).total_seconds()) for urgency, number, oldest in found}


def _steps_due() -> Rows:
    due = _due()
    return (((urgency.name.lower(),), due.get(urgency, (0, 0.0))[0]) for urgency in Urgency)


def _steps_oldest() -> Rows:
    due = _due()
    return (((urgency.name.lower(),), due.get(urgency, (0, 0.0))[1]) for urgency in Urgency)


def _runs() -> Rows:
    rows = Run.objects.filter(state__in=_OPEN_RUNS).order_by()
    counted = dict(rows.values_list("state").annotate(number=Count("id")))
    return (((state.value,), counted.get(state.value, 0)) for state in _OPEN_RUNS)


def _leases_over() -> Rows:
    yield (), StepRun.objects.filter(state=StepState.RUNNING, lease_until__lt=now()).count()


def _long_work() -> Rows:
    rows = LongWork.objects.filter(state__in=[WorkState.PENDING, WorkState.RUNNING]).order_by()
    counted = dict(rows.values_list("state").annotate(number=Count("id")))
    return (((state.value,), counted.get(state.value, 0)) for state in (WorkState.PENDING, WorkState.RUNNING))


def _periodic_late() -> Rows:
    oldest = PeriodicTask.objects.aggregate(oldest=Min("next_at"))["oldest"]
    yield (), max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0


register_gauge(Gauge("probity_steps_due", "Steps that are due and wait for a worker.", _steps_due, ("urgency",)))
register_gauge(Gauge("probity_steps_due_oldest_seconds", "Age of the oldest due step.", _steps_oldest, ("urgency",)))
register_gauge(Gauge("probity_runs", "Runs that have not ended, and those stopped by an error.", _runs, ("state",)))
register_gauge(Gauge("probity_leases_over", "Steps whose worker let its lease run out.", _leases_over))
register_gauge(Gauge("probity_long_work", "Long work that waits or is done now.", _long_work, ("state",)))
register_gauge(Gauge("probity_periodic_late_seconds", "How late the most overdue periodic task is.", _periodic_late))
