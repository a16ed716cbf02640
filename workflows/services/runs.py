"""Starting runs and moving them on: which steps come next is planned here, running one is in `workflows.runner`."""

from collections import defaultdict
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from audit.services import record
from core.actor import Actor
from core.clock import now
from core.shared_clock import shared_now
from core.tracing import traceparent
from workflows import actions, signals
from workflows.engine.plan import DEAD, DONE, FAILED, SETTLED, SKIPPED, Start, StepStanding, plan
from workflows.enums import PATIENCE, RunState, StepState, Urgency
from workflows.hints import hint_steps
from workflows.models import Run, StepRun, Workflow
from workflows.selectors import active_version_for, definition_of


@transaction.atomic
def start_run(
    *, trigger: str, subject_type: str, subject_id: UUID, inputs: dict[str, object], stream: str, by: Actor,
    workflow: Workflow | None = None, urgency: Urgency = Urgency.PERSON, start_key: str | None = None,
) -> Run:  # fmt: skip
    """Starts the workflow published for `trigger` (or `workflow`), about one subject. Durable with the caller's commit.

    Of several published for the trigger the newest whose condition holds, one with a condition before one without.
    Side effects: the run, its first steps (due at once), an audit entry; after the commit a hint to the workers.
    Raises NoWorkflowForTrigger.
    """
    version = active_version_for(trigger, workflow, inputs)
    run = Run.objects.create(
        version=version, subject_type=subject_type, subject_id=subject_id, inputs=inputs, stream=stream,
        started_by={"kind": by.kind, "id": by.id, "name": by.name}, urgency=urgency, start_key=start_key,
        traceparent=traceparent(),
    )  # fmt: skip
    after = {"workflow": version.workflow.name, "number": version.number}
    record(actions.RUN_STARTED, by=by, object_type="run", object_id=run.pk, stream=stream, after=after)
    advance(run, by=by)
    return run


def locked_run(run_id: UUID) -> Run:
    """The run under its row lock: whoever settles a step of it takes this first, so that branches plan one after another."""
    return Run.objects.select_for_update(of=("self",)).select_related("version__workflow").get(pk=run_id)


def advance(run: Run, *, by: Actor, step: StepRun | None = None) -> None:
    """Plans what comes next, after `step` was settled: steps start or are left out, or the run ends.

    Inside the transaction that settled the step, with the run locked. Side effects: rows of the next steps, hinted after
    the commit; the run's state; at its end an audit entry; `run_advanced` or `run_finished`.
    """
    definition = definition_of(run.version.text)
    standing = standing_of(run)
    moves = plan(definition, standing, run.inputs)
    for name in moves.skips:
        _leave_out(run, definition.steps.index(definition.step(name)), name, definition.step(name).action)
    for start in moves.starts:
        _add(run, start, definition.steps.index(start.step))
    if moves.finished and not moves.starts:
        _finish(run, by)
        return
    if moves.starts and run.state == RunState.RUNNING and not any(one.state == DEAD for one in standing.values()):
        tell(signals.run_advanced, run, step)  # still at work: nothing to settle
        return
    settle_state(run)
    tell(signals.run_advanced, run, step)


def standing_of(run: Run) -> dict[str, StepStanding]:
    """How every step that has been reached stands; of a `for_each` all items together, its output a list in their order."""
    rows: dict[str, list[tuple[str, object, object]]] = defaultdict(list)
    for name, state, item, output in run.steps.order_by("number").values_list("name", "state", "item", "output"):
        rows[name].append((state, item, output))
    return {name: _standing(found) for name, found in rows.items()}


def settle_state(run: Run) -> None:
    """The run's state from its steps': stopped before at work before waiting."""
    before, states = run.state, set(run.steps.values_list("state", flat=True))
    if StepState.DEAD in states:
        run.state = RunState.DEAD
    elif states & {StepState.PENDING, StepState.RUNNING} or StepState.WAITING not in states:
        run.state = RunState.RUNNING
    else:
        run.state = RunState.WAITING
    if run.state != before:
        Run.objects.filter(pk=run.pk).update(state=run.state)


def tell(signal: Signal, run: Run, step: StepRun | None = None) -> None:
    """Sends an engine signal with ids only."""
    signal.send(
        Run, run_id=run.pk, subject_type=run.subject_type, subject_id=run.subject_id, step_id=step.pk if step else None
    )


def _standing(rows: list[tuple[str, object, object]]) -> StepStanding:
    if len(rows) == 1 and rows[0][1] is None:
        return StepStanding(rows[0][0], rows[0][2])
    states = {state for state, _, _ in rows}
    if StepState.DEAD in states:
        return StepStanding(DEAD)
    if not states <= SETTLED:
        return StepStanding("pending")
    outputs = [output for _, _, output in rows]
    state = next(state for state in (DONE, FAILED, SKIPPED) if state in states)
    return StepStanding(state, {"items": outputs, "count": len(outputs)})


def _add(run: Run, start: Start, position: int) -> None:
    """The step as due rows, one for each item, hinted after the commit."""
    step, moment = start.step, shared_now()
    items = [(0, None)] if start.items is None else list(enumerate(start.items))
    made = StepRun.objects.bulk_create(
        StepRun(run=run, position=position, number=number, item=item, name=step.name, action=step.action, run_at=moment,
                place_at=moment + PATIENCE[Urgency(run.urgency)], max_attempts=step.retry.attempts)
        for number, item in items
    )  # fmt: skip
    transaction.on_commit(lambda: hint_steps([row.pk for row in made]))


def _leave_out(run: Run, position: int, name: str, action: str) -> None:
    StepRun.objects.create(
        run=run, position=position, name=name, action=action, run_at=now(), state=StepState.SKIPPED,
        reason="its condition does not hold, or nothing before it ran", finished_at=now(),
    )  # fmt: skip


def _finish(run: Run, by: Actor) -> None:
    run.state, run.finished_at = RunState.DONE, now()
    run.save(update_fields=["state", "finished_at"])
    after = {"workflow": run.version.workflow.name}
    record(actions.RUN_FINISHED, by=by, object_type="run", object_id=run.pk, stream=run.stream, after=after)
    tell(signals.run_finished, run)
