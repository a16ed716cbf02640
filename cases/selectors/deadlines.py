"""Reads of deadlines: which cases are near theirs, which are past it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet

from cases.models import IN_QUEUE, Case, Submission
from cases.selectors.blueprints import blueprints_in_force, queues
from core.clock import now

_NEAR = 0.75


def cases_near_deadline() -> set[UUID]:
    """The cases in queues that have used three quarters of their business time and are not late yet."""
    blueprints, found = blueprints_in_force(), set[UUID]()
    for queue in queues():
        at = blueprints.calendar_of(queue).minutes_at(now())
        used = F("clock_start") * (1 - _NEAR) + F("clock_due") * _NEAR
        rows = _counting().filter(queue=queue, due_at__gte=now()).alias(used=used)
        found |= set(rows.filter(used__lte=at, clock_due__gt=F("clock_start")).values_list("pk", flat=True))
    return found


def cases_past_deadline() -> set[UUID]:
    """The cases in queues whose deadline has passed while it was counting."""
    return set(_counting().filter(due_at__lt=now()).values_list("pk", flat=True))


def case_with_id(case_id: UUID) -> Case:
    """The case that a signal names, with its queue, people and submission."""
    return Case.objects.select_related("queue", "assignee").get(pk=case_id)


def cases_with_ids(case_ids: Collection[UUID]) -> list[Case]:
    """The same of many, in the order of their keys."""
    return list(Case.objects.select_related("queue", "assignee").filter(pk__in=case_ids).order_by("pk"))


def clients_of_cases(case_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """The API client that submitted the case's customer, of those that are the case of such a submission."""
    return dict(Submission.objects.filter(case__in=case_ids).values_list("case", "client"))


def _counting() -> QuerySet[Case]:
    return Case.objects.filter(IN_QUEUE, paused_since=None)
