"""Reads of long work."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id
from core.permissions import Permission
from workflows.engine.long_work import seconds_left
from workflows.enums import WorkState
from workflows.models import LongWork


def works_visible_to(principal: Any) -> QuerySet[LongWork]:
    """Long work that `principal` started; all of it for who may see runs. Newest first."""
    rows = LongWork.objects.all()
    return rows if principal.has_perm(Permission.RUN_VIEW) else rows.filter(started_by_key=principal.actor.id)


def work_for(principal: Any, pk: object) -> LongWork:
    """The long work with this id, if `principal` may know of it; raises NotFound."""
    found = works_visible_to(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such work.")
    return found


def work_with_id(work_id: UUID) -> LongWork:
    """The long work that a signal names."""
    return LongWork.objects.get(pk=work_id)


def is_under_way(work_id: UUID) -> bool:
    """Whether the work waits for a worker or is being done."""
    return LongWork.objects.filter(pk=work_id, state__in=[WorkState.PENDING, WorkState.RUNNING]).exists()


def seconds_left_of(work: LongWork) -> float | None:
    """Seconds until the work is done, at its own pace; None where nothing honest can be said."""
    if work.started_at is None or not work.is_open:
        return None
    return seconds_left(work.samples, work.total, (now() - work.started_at).total_seconds())
