"""Celery tasks: hints that carry an id. All they do is have the row looked at."""

from uuid import UUID

from celery import shared_task

from workflows.dispatcher import run_due as run_due_row
from workflows.runner import run_step


@shared_task(name="workflows.tasks.advance_run")
def advance_run(step_id: str) -> None:
    """Runs the step where it is due; a hint that is late or doubled finds nothing to claim."""
    run_step(UUID(step_id))


@shared_task(name="workflows.tasks.run_due")
def run_due(source: str, identifier: str) -> None:
    """Works one row of a due source, such as a message of the outbox."""
    run_due_row(source, UUID(identifier))
