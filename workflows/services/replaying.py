"""Doing a run again with the version it was pinned to, and the record of who looked at what may be personal in it."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.exceptions import Conflict
from workflows import actions
from workflows.enums import RunState
from workflows.models import Run, StepRun
from workflows.services.runs import advance, locked_run


@transaction.atomic
def replay_run(*, run_id: UUID, reason: str, by: Actor) -> Run:
    """Starts the run anew: the same version, subject and inputs; what its steps do, they do again.

    Side effects: the new run with its first steps, an audit entry. Raises Conflict while a run of the same workflow about
    the same subject has not ended: two would do the same things at once.
    """
    former = locked_run(run_id)
    same = Run.objects.filter(
        version__workflow_id=former.version.workflow_id, subject_type=former.subject_type, subject_id=former.subject_id
    )
    if same.filter(state__in=[RunState.RUNNING, RunState.WAITING]).exists():
        raise Conflict("A run of this workflow about the same subject is under way. Let it end, or cancel it.")
    run = Run.objects.create(
        version=former.version, subject_type=former.subject_type, subject_id=former.subject_id, inputs=former.inputs,
        stream=former.stream, started_by={"kind": by.kind, "id": by.id, "name": by.name}, replay_of=former,
    )  # fmt: skip
    after = {"run": str(former.pk), "number": former.version.number}
    record(
        actions.RUN_REPLAYED, by=by, object_type="run", object_id=run.pk, stream=run.stream, after=after, reason=reason
    )
    advance(run, by=by)
    return run


@transaction.atomic
def record_step_opened(*, step: StepRun, by: Actor) -> None:
    """Says on the record that somebody looked at what may be personal in a step. Side effects: an audit entry."""
    record(
        actions.STEP_OPENED, by=by, object_type="run", object_id=step.run_id, stream=step.run.stream,
        after={"step": step.name},
    )  # fmt: skip
