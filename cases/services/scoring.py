"""What a case's row repeats of other tables, its deadline in business hours, its priority."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.functions import Cast, Greatest, Least, Round

from cases.blueprints.priority import PriorityFacts, pressure_of, priority_from
from cases.models import IN_QUEUE, Case, Queue
from cases.selectors import Blueprints, blueprints_in_force, facts_for_priority
from core.clock import now
from customers.selectors import linked_customers, rating_levels
from monitoring.selectors import flagged_amounts

_BATCH = 200
_SCORED = [
    "rating", "country", "amount_flagged", "linked_cases", "clock_started_at", "allowed_minutes", "clock_start",
    "clock_due", "due_at", "base_points", "scored_under", "priority",
]  # fmt: skip


def score_case(case: Case, known: Blueprints | None = None, *, anew: bool = False) -> None:
    """Sets the case's repeated facts, deadline and priority from what is known now; the caller saves it.

    A case that turns out graver gets an earlier deadline; it gets a later one only when it is scored `anew`.
    """
    score_cases([case], known, anew={case.pk} if anew else ())


def score_cases(cases: Sequence[Case], known: Blueprints | None = None, *, anew: Collection[UUID] = ()) -> None:
    """The same for cases of different customers, one after the other; a constant number of queries."""
    known, moment = known or blueprints_in_force(), now()
    customers = [case.customer for case in cases]
    levels, amounts = (
        rating_levels([customer.pk for customer in customers]),
        flagged_amounts([customer.pk for customer in customers]),
    )
    linked = linked_customers(customers)
    around = {customer.pk: {customer.pk, *linked[customer.pk]} for customer in customers}
    rows = Case.objects.order_by().filter(IN_QUEUE, customer__in=set().union(*around.values()))
    queued = dict(rows.values_list("pk", "customer_id"))
    for case in cases:
        party, near = case.customer.party, around[case.customer_id]
        case.rating = levels.get(case.customer_id, "")
        case.country = party.country or next(iter(party.nationalities), "")
        # What was flagged stays: deciding the alerts one by one must not take a case below an amount of the policy.
        case.amount_flagged = max(case.amount_flagged, amounts.get(case.customer_id, Decimal(0)))
        case.linked_cases = sum(whose in near for pk, whose in queued.items() if pk != case.pk)
        facts = facts_for_priority(case)
        _set_deadline(case, known, facts, case.pk in anew)
        case.base_points = known.priority.base_points(facts)
        case.scored_under = known.scored_under
        refresh_priority(case, known, moment)
        if case.needs_person_since is not None:
            queued[case.pk] = case.customer_id


def _set_deadline(case: Case, known: Blueprints, facts: PriorityFacts, anew: bool) -> None:
    severity = known.priority.severity(facts)
    allowed = known.deadlines.minutes_for(case.queue.name, severity, case.queue.sla_hours)
    keeps = case.allowed_minutes and not anew and case.scored_under == known.scored_under
    case.allowed_minutes = min(case.allowed_minutes, allowed) if keeps else allowed
    place_deadline(case, known)


def place_deadline(case: Case, known: Blueprints) -> None:
    """Sets the deadline from when its clock started, what is allowed and how long it stood still."""
    calendar = known.calendar_of(case.queue)
    case.clock_started_at = case.clock_started_at or case.created_at or now()
    minutes = case.allowed_minutes + case.paused_minutes
    case.clock_start = calendar.minutes_at(case.clock_started_at)
    case.clock_due = case.clock_start + minutes
    case.due_at = calendar.moment_after(case.clock_started_at, minutes)


def refresh_priority(case: Case, known: Blueprints, moment: datetime) -> None:
    """Sets the priority from the stored points and the pressure of the deadline at `moment`."""
    minutes = known.calendar_of(case.queue).minutes_at(case.paused_since or moment)
    pressure = pressure_of(case.clock_start, case.clock_due, minutes)
    case.priority = priority_from(case.base_points, known.priority.deadline_points, pressure, case.boost)


def pause_deadline(case: Case) -> None:
    """Stops the clock of the case's deadline, where it runs; the caller saves the case."""
    case.paused_since = case.paused_since or now()


def resume_deadline(case: Case) -> None:
    """Lets the clock run again: the deadline moves by the business hours it stood still. The caller saves the case."""
    if case.paused_since is None:
        return
    known = blueprints_in_force()
    case.paused_minutes += known.calendar_of(case.queue).minutes_between(case.paused_since, now())
    case.paused_since = None
    place_deadline(case, known)


def refresh_deadline_pressure() -> None:
    """Brings every open case's priority up to date with its deadline: one statement a calendar. A periodic task.

    Nothing else of a case changes by it, so neither its version nor its history does.
    """
    known, moment = blueprints_in_force(), now()
    for queue in Queue.objects.all():
        minutes = known.calendar_of(queue).minutes_at(moment)
        rows = Case.objects.filter(IN_QUEUE, queue=queue, paused_since=None, clock_due__gt=F("clock_start"))
        _refresh(rows, minutes, known.priority.deadline_points)


def _refresh(rows: QuerySet[Case], minutes: int, deadline_points: float) -> None:
    used = Cast(Value(minutes) - F("clock_start"), FloatField()) / Cast(F("clock_due") - F("clock_start"), FloatField())
    pressure = Least(Value(1.0), Greatest(Value(0.0), used))
    points = Round(F("base_points") + Value(deadline_points) * pressure, output_field=FloatField())
    priority = Least(Value(100.0), points + F("boost"), output_field=FloatField())
    rows.annotate(fresh=priority).exclude(priority=F("fresh")).update(priority=priority)


def rescore_outdated_cases() -> None:
    """Scores anew the open cases that were scored under former blueprints, some at a time. A periodic task."""
    known = blueprints_in_force()
    outdated = Case.objects.filter(IN_QUEUE).exclude(scored_under=known.scored_under).order_by("id")
    for pk in outdated.values_list("pk", flat=True)[:_BATCH]:
        with transaction.atomic():
            rows = Case.objects.select_for_update(of=("self",)).select_related("customer__party", "queue")
            case = rows.get(pk=pk)
            score_case(case, known, anew=True)
            Case.objects.filter(pk=pk).update(**{name: getattr(case, name) for name in _SCORED})
