"""Running periodic tasks: whoever moves a task's `next_at` on is the one who runs it."""

from datetime import timedelta

import structlog

from core.shared_clock import shared_now
from workflows.engine.periodic import Periodic, periodic_tasks
from workflows.models import PeriodicTask

_log = structlog.get_logger(__name__)


def run_due_periodic() -> int:
    """Runs every periodic task that is due and that no other worker took; the number that ran."""
    return sum(_run_if_due(task) for task in periodic_tasks())


def _run_if_due(task: Periodic) -> bool:
    moment = shared_now()
    PeriodicTask.objects.get_or_create(name=task.name, defaults={"next_at": moment})
    taken = PeriodicTask.objects.filter(name=task.name, next_at__lte=moment).update(
        next_at=moment + timedelta(seconds=task.every_seconds), last_started_at=moment
    )
    if not taken:
        return False
    error = ""
    try:
        task.function()
    except Exception as raised:  # the boundary: one task's error must not end the scheduler
        error = type(raised).__name__
        _log.exception("periodic_task_failed", task=task.name)
    PeriodicTask.objects.filter(name=task.name).update(last_finished_at=shared_now(), last_error=error)
    return True
