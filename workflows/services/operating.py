"""What people and other systems do to runs: let a parked step go on, try one again, leave one out, cancel."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from audit.actions import Action
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.shared_clock import shared_now
from workflows import actions, signals
from workflows.engine.due import wake
from workflows.enums import RunState, StepState
from workflows.exceptions import RunNotWaiting, StepNotRetryable
from workflows.hints import hint_steps
from workflows.models import Run, StepRun
from workflows.services.runs import advance, locked_run, settle_state, tell

CALLBACK = "await_callback"
_GIVEN_UP = Q(state=StepState.DEAD) | Q(state=StepState.WAITING, failure=True)


@transaction.atomic
def resume_run(
    *, run_id: UUID, output: dict[str, object], by: Actor, step_id: UUID | None = None, action: str = ""
) -> Run:
    """Completes the step a run is parked at (or `step_id`, or the one of this `action`) and lets the run go on.

    Side effects: the step done with `output`, the next steps due or the run finished, audit entries, `run_advanced`.
    Raises RunNotWaiting.
    """
    run = locked_run(run_id)
    wanted: dict[str, Any] = {name: value for name, value in (("pk", step_id), ("action", action)) if value}
    step = run.steps.filter(state=StepState.WAITING, failure=False, **wanted).first()
    if step is None:
        raise RunNotWaiting("This run is not waiting for anybody.")
    step.state, step.output, step.finished_at = StepState.DONE, output, now()
    step.save(update_fields=["state", "output", "finished_at"])
    record(
        actions.STEP_RESUMED, by=by, object_type="run", object_id=run.pk, stream=run.stream, after={"step": step.name}
    )
    advance(run, by=by, step=step)
    return run


@transaction.atomic
def answer_callback(*, step_id: UUID, output: dict[str, object], by: Actor) -> Run:
    """Another system answers the step that waits for it. Raises RunNotWaiting where it does not (any more), or too late."""
    step = StepRun.objects.filter(pk=step_id, state=StepState.WAITING, action=CALLBACK).first()
    if step is None or str(step.output.get("until", "")) < now().isoformat():
        raise RunNotWaiting("Nobody waits for this answer (any more).")
    return resume_run(run_id=step.run_id, step_id=step.pk, output=output, by=by)


@transaction.atomic
def retry_step(*, step_id: UUID, reason: str, by: Actor) -> StepRun:
    """Gives a step that was given up its attempts anew. Side effects: step and run, an audit entry, a hint.

    Raises StepNotRetryable.
    """
    step = _given_up(step_id)
    StepRun.objects.filter(pk=step_id).update(
        state=StepState.PENDING,
        attempt=0,
        run_at=shared_now(),
        place_at=shared_now(),
        error="",
        reason="",
        failure=False,
    )
    settle_state(step.run)
    _tell_record(actions.STEP_RETRIED, step, by, reason)
    transaction.on_commit(lambda: hint_steps([step.pk]))
    return step


@transaction.atomic
def skip_step(*, step_id: UUID, reason: str, by: Actor) -> StepRun:
    """Leaves a step that was given up out and lets the run go on. Side effects: the step, what comes next, an audit entry.

    Raises StepNotRetryable.
    """
    step = _given_up(step_id)
    StepRun.objects.filter(pk=step_id).update(
        state=StepState.FAILED, failure=True, reason=reason[:300], finished_at=now()
    )
    _tell_record(actions.STEP_SKIPPED, step, by, reason)
    advance(step.run, by=by, step=step)
    return step


def retry_all(*, reason: str, by: Actor, action: str = "") -> int:
    """Tries every given-up step again (of one `action`, if named), as after an outage; how many. Each is recorded."""
    rows = StepRun.objects.filter(_GIVEN_UP, **({"action": action} if action else {}))
    return len([retry_step(step_id=step_id, reason=reason, by=by) for step_id in rows.values_list("pk", flat=True)])


@transaction.atomic
def cancel_run(*, run_id: UUID, reason: str, by: Actor) -> Run:
    """Ends a run that has not ended. A step at work is fenced off: its effects will not be committed.

    Side effects: run and open steps cancelled, an audit entry, `run_finished`. Raises RunNotWaiting for an ended run.
    """
    run = locked_run(run_id)
    if run.state in {RunState.DONE, RunState.CANCELLED}:
        raise RunNotWaiting("This run has ended already.")
    open_states = [StepState.PENDING, StepState.RUNNING, StepState.WAITING, StepState.DEAD]
    run.steps.filter(state__in=open_states).update(
        state=StepState.CANCELLED, reason=reason[:300], finished_at=now(), lease_until=None
    )
    run.state, run.finished_at = RunState.CANCELLED, now()
    run.save(update_fields=["state", "finished_at"])
    record(actions.RUN_CANCELLED, by=by, object_type="run", object_id=run.pk, stream=run.stream, reason=reason)
    tell(signals.run_finished, run)
    transaction.on_commit(wake)
    return run


def _given_up(step_id: UUID) -> StepRun:
    """The step with its run locked, where it was given up."""
    found = StepRun.objects.filter(_GIVEN_UP, pk=step_id).first()
    if found is None:
        raise StepNotRetryable("Only a step that was given up can be tried again or left out.")
    run = locked_run(found.run_id)
    step = StepRun.objects.filter(_GIVEN_UP, pk=step_id).first()
    if step is None:
        raise StepNotRetryable("Somebody else has taken this step up meanwhile.")
    step.run = run
    return step


def _tell_record(action: Action, step: StepRun, by: Actor, reason: str) -> None:
    record(
        action, by=by, object_type="run", object_id=step.run_id, stream=step.run.stream, after={"step": step.name},
        reason=reason,
    )  # fmt: skip
