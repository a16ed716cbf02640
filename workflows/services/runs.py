"""Publishing workflows and starting, resuming and retrying their runs. Running steps is in `workflows.runner`."""

import hashlib
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault
from workflows import actions, signals
from workflows.engine.definition import WorkflowDefinition, parse_definition
from workflows.engine.due import wake
from workflows.engine.registry import action_names
from workflows.enums import RunState, StepState, VersionState
from workflows.exceptions import DefinitionInvalid, RunNotWaiting, StepNotRetryable
from workflows.hints import hint_step
from workflows.models import Run, StepRun, Workflow, WorkflowVersion
from workflows.selectors import active_version_for

_DEFINITIONS = Path(__file__).parent.parent / "definitions"
_MOST_ATTEMPTS = 5


def checked_definition(text: str) -> WorkflowDefinition:
    """The definition in `text`; raises DefinitionInvalid whose faults name line, what is wrong and what instead."""
    definition, faults = parse_definition(text, action_names())
    if definition is None:
        told = [
            Fault(f"/text/line/{fault.line}", f"Line {fault.line}: {fault.message}", fault.suggestion)
            for fault in faults
        ]
        raise DefinitionInvalid(f"The definition has {len(told)} fault(s).", told)
    return definition


@transaction.atomic
def publish_workflow(*, text: str, by: Actor) -> WorkflowVersion:
    """Makes `text` the active version of the workflow it names; running runs keep theirs. The same text: no new version.

    Side effects: the workflow on first use, the former version retired, the new version, an audit entry.
    Raises DefinitionInvalid.
    """
    definition = checked_definition(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    workflow, _ = Workflow.objects.update_or_create(name=definition.name, defaults={"trigger": definition.trigger})
    newest = workflow.versions.select_for_update().first()
    if newest is not None and newest.sha256 == digest and newest.state == VersionState.ACTIVE:
        return newest
    workflow.versions.filter(state=VersionState.ACTIVE).update(state=VersionState.RETIRED)
    number = newest.number + 1 if newest else 1
    version = WorkflowVersion.objects.create(
        workflow=workflow, number=number, text=text, sha256=digest, published_by=by.name
    )
    after = {"workflow": workflow.name, "number": number, "sha256": digest}
    record(actions.WORKFLOW_PUBLISHED, by=by, object_type="workflow", object_id=workflow.pk, after=after)
    return version


def ensure_shipped_workflows() -> None:
    """Publishes the definitions that come with the product where a workflow of that name does not exist yet."""
    known = set(Workflow.objects.values_list("name", flat=True))
    for path in sorted(_DEFINITIONS.glob("*.yaml")):
        text = path.read_text()
        if checked_definition(text).name not in known:
            publish_workflow(text=text, by=system_actor("shipped definitions"))


@transaction.atomic
def start_run(
    *, trigger: str, subject_type: str, subject_id: UUID, inputs: dict[str, object], stream: str, by: Actor
) -> Run:
    """Starts the workflow published for `trigger`, about one subject. Durable once the caller's transaction commits.

    Side effects: the run, its first step (due at once), an audit entry; after the commit a hint to the workers.
    Raises NoWorkflowForTrigger.
    """
    version = active_version_for(trigger)
    run = Run.objects.create(
        version=version, subject_type=subject_type, subject_id=subject_id, inputs=inputs, stream=stream,
        started_by={"kind": by.kind, "id": by.id, "name": by.name},
    )  # fmt: skip
    add_step(run, 0)
    after = {"workflow": version.workflow.name, "number": version.number}
    record(actions.RUN_STARTED, by=by, object_type="run", object_id=run.pk, stream=stream, after=after)
    return run


def add_step(run: Run, position: int) -> StepRun | None:
    """The step at `position` of the run's pinned definition as a due row, hinted after the commit; None past the end."""
    steps = checked_definition(run.version.text).steps
    if position >= len(steps):
        return None
    definition = steps[position]
    step = StepRun.objects.create(
        run=run, position=position, name=definition.name, action=definition.action, run_at=now(),
        max_attempts=_MOST_ATTEMPTS,
    )  # fmt: skip
    transaction.on_commit(lambda: hint_step(step.pk))
    return step


@transaction.atomic
def resume_run(*, run_id: UUID, output: dict[str, object], by: Actor) -> Run:
    """Completes the step a run is parked at and lets the run go on.

    Side effects: the step done with `output`, the next step due or the run finished, audit entries, `run_advanced`.
    Raises RunNotWaiting.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("version__workflow").get(pk=run_id)
    step = run.steps.filter(state=StepState.WAITING).first()
    if step is None:
        raise RunNotWaiting("This run is not waiting for anybody.")
    step.state, step.output, step.finished_at = StepState.DONE, output, now()
    step.save(update_fields=["state", "output", "finished_at"])
    record(
        actions.STEP_RESUMED, by=by, object_type="run", object_id=run.pk, stream=run.stream, after={"step": step.name}
    )
    advance(run, step, by=by)
    return run


def advance(run: Run, step: StepRun, *, by: Actor) -> None:
    """After `step` is done: the next step, or the run's end. Inside the transaction that completed the step."""
    if add_step(run, step.position + 1) is None:
        Run.objects.filter(pk=run.pk).update(state=RunState.DONE, finished_at=now())
        after = {"workflow": run.version.workflow.name}
        record(actions.RUN_FINISHED, by=by, object_type="run", object_id=run.pk, stream=run.stream, after=after)
        tell(signals.run_finished, run)
    else:
        Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
        tell(signals.run_advanced, run, step)


def tell(signal: Signal, run: Run, step: StepRun | None = None) -> None:
    """Sends an engine signal with ids only."""
    signal.send(
        Run, run_id=run.pk, subject_type=run.subject_type, subject_id=run.subject_id, step_id=step.pk if step else None
    )


@transaction.atomic
def retry_step(*, step_id: UUID, reason: str, by: Actor) -> StepRun:
    """Gives a dead step its attempts anew. Side effects: step and run, an audit entry, a hint. Raises StepNotRetryable."""
    revived = StepRun.objects.filter(pk=step_id, state=StepState.DEAD).update(
        state=StepState.PENDING, attempt=0, run_at=now(), error="", reason=""
    )
    if not revived:
        raise StepNotRetryable("Only a step that was given up can be tried again.")
    step = StepRun.objects.select_related("run").get(pk=step_id)
    Run.objects.filter(pk=step.run_id).update(state=RunState.RUNNING)
    record(
        actions.STEP_RETRIED, by=by, object_type="run", object_id=step.run_id, stream=step.run.stream,
        after={"step": step.name}, reason=reason,
    )  # fmt: skip
    transaction.on_commit(lambda: hint_step(step.pk))
    return step


@transaction.atomic
def cancel_run(*, run_id: UUID, reason: str, by: Actor) -> Run:
    """Ends a run that has not ended. A step at work is fenced off: its effects will not be committed.

    Side effects: run and open steps cancelled, an audit entry, `run_finished`. Raises RunNotWaiting for an ended run.
    """
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state in {RunState.DONE, RunState.CANCELLED}:
        raise RunNotWaiting("This run has ended already.")
    open_states = [StepState.PENDING, StepState.RUNNING, StepState.WAITING, StepState.DEAD]
    run.steps.filter(state__in=open_states).update(state=StepState.CANCELLED, reason=reason, finished_at=now())
    run.state, run.finished_at = RunState.CANCELLED, now()
    run.save(update_fields=["state", "finished_at"])
    record(actions.RUN_CANCELLED, by=by, object_type="run", object_id=run.pk, stream=run.stream, reason=reason)
    tell(signals.run_finished, run)
    transaction.on_commit(wake)
    return run
