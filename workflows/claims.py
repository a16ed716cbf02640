"""Claiming steps: one statement each, so that of many workers one has the step and the attempt is counted with it."""

import os
import socket
import threading
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, Q

from core.shared_clock import shared_now
from workflows.enums import StepState
from workflows.models import StepRun

LEASE = timedelta(seconds=settings.STEP_LEASE_SECONDS)
_PENDING = "state = 'pending' AND run_at <= %s"
_ABANDONED = "state = 'running' AND lease_until < %s"


def owner_name() -> str:
    """This thread, as it stands in a claim."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def claim(step_id: UUID) -> StepRun | None:
    """Takes the step for LEASE with `attempt + 1`, where it is due or its lease ran out; None where it is not."""
    moment = shared_now()
    due = Q(state=StepState.PENDING, run_at__lte=moment) | Q(state=StepState.RUNNING, lease_until__lt=moment)
    claimed = StepRun.objects.filter(due, pk=step_id).update(
        state=StepState.RUNNING, attempt=F("attempt") + 1, lease_until=moment + LEASE, owner=owner_name(),
        started_at=moment,
    )  # fmt: skip
    return _row(step_id) if claimed else None


def claim_next() -> StepRun | None:
    """Takes the due step of the first place; None where nothing is due. Nobody waits for a lock."""
    return _claim_first(_PENDING, shared_now())


def claim_abandoned() -> StepRun | None:
    """Takes a step whose worker has let its lease run out; None where there is none."""
    return _claim_first(_ABANDONED, shared_now())


def _claim_first(condition: str, moment: datetime) -> StepRun | None:
    """Claims the first by place: each of the two conditions has an index of its own."""
    table, field = StepRun._meta.db_table, StepRun._meta.pk
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    first = f"SELECT id FROM {table} WHERE {condition} ORDER BY place_at LIMIT 1 {lock}"  # noqa: S608 - names of ours
    statement = (
        f"UPDATE {table} SET state = 'running', attempt = attempt + 1, lease_until = %s, owner = %s, started_at = %s "  # noqa: S608
        f"WHERE id = ({first}) AND {condition} RETURNING id"
    )
    times = [connection.ops.adapt_datetimefield_value(time) for time in (moment + LEASE, moment)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [times[0], owner_name(), times[1], times[1], times[1]])
        row = cursor.fetchone()
    return _row(field.to_python(row[0])) if row else None


def _row(step_id: UUID) -> StepRun:
    return StepRun.objects.select_related("run__version__workflow").get(pk=step_id)
