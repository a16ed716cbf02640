"""Celery tasks: hints that carry an id. All they do is have the rows looked at."""

from uuid import UUID

from celery import shared_task

from workflows.dispatcher import run_due as run_due_row
from workflows.hints import ADVANCE_RUN, hint_taken, publish
from workflows.runner import work_off


@shared_task(name=ADVANCE_RUN)
def advance_run(step_id: str) -> None:
    """Works off what is due, people's before batches'; a hint that is late or doubled finds nothing to claim."""
    if work_off():
        publish(ADVANCE_RUN, step_id)


@shared_task(name="workflows.tasks.run_due")
def run_due(source: str, identifier: str) -> None:
    """Works one row of a due source, such as a message of the outbox."""
    hint_taken(source)
    run_due_row(source, UUID(identifier))
