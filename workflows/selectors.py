"""Reads of workflows and runs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from core.clock import now
from core.exceptions import Fault, NotFound
from core.ids import parse_id
from core.permissions import Permission
from workflows.engine.conditions import holds
from workflows.engine.definition import WorkflowDefinition, parse_definition
from workflows.engine.links import subjects_meant_by
from workflows.engine.long_work import seconds_left
from workflows.engine.registry import actions_with_parameters
from workflows.engine.timings import StepTiming, timings
from workflows.enums import StepState, VersionState
from workflows.exceptions import DefinitionInvalid, NoWorkflowForTrigger
from workflows.models import LongWork, Run, StepRun, Trial, Workflow, WorkflowVersion

_MOST_TIMED = 20_000


def checked_definition(text: str) -> WorkflowDefinition:
    """The definition in `text`; raises DefinitionInvalid whose faults name line, what is wrong and what instead."""
    definition, faults = parse_definition(text, actions_with_parameters())
    if definition is None:
        told = [
            Fault(f"/text/line/{fault.line}", f"Line {fault.line}: {fault.message}", fault.suggestion)
            for fault in faults
        ]
        raise DefinitionInvalid(f"The definition has {len(told)} fault(s).", told)
    return definition


@lru_cache(maxsize=256)
def definition_of(text: str) -> WorkflowDefinition:
    """The definition of a published version's text; read once a process, for every step asks for it."""
    return checked_definition(text)


def workflows() -> QuerySet[Workflow]:
    """Every workflow with its active version (`active_versions`) and its number of runs (`run_count`)."""
    active = Prefetch("versions", WorkflowVersion.objects.filter(state=VersionState.ACTIVE), to_attr="active_versions")
    return Workflow.objects.prefetch_related(active).annotate(run_count=Count("versions__runs"))


def workflow_for(pk: object) -> Workflow:
    """The workflow with this id; raises NotFound."""
    found = workflows().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such workflow.")
    return found


def workflow_named(name: str) -> Workflow:
    """The workflow of this name; raises NoWorkflowForTrigger."""
    found = Workflow.objects.filter(name=name).first()
    if found is None:
        raise NoWorkflowForTrigger(f"There is no workflow named {name}.")
    return found


def workflow_with_hook(pk: UUID) -> Workflow:
    """The workflow with this id where a webhook starts it; raises NotFound."""
    found = Workflow.objects.filter(pk=pk, trigger="webhook").first()
    if found is None:
        raise NotFound("There is no such webhook.")
    return found


def active_version_for(
    trigger: str, workflow: Workflow | None = None, inputs: Mapping[str, Any] | None = None
) -> WorkflowVersion:
    """The version that this trigger starts (of `workflow`, where it is named); raises NoWorkflowForTrigger."""
    if workflow is not None:
        active = WorkflowVersion.objects.select_related("workflow").filter(state=VersionState.ACTIVE)
        found = list(active.filter(workflow=workflow))
    else:
        found = versions_started_by(trigger, inputs or {})
    if not found:
        raise NoWorkflowForTrigger(f"No workflow is published for the trigger {trigger}.")
    return found[0]


def versions_started_by(trigger: str, inputs: Mapping[str, Any]) -> list[WorkflowVersion]:
    """Active versions with this trigger whose condition holds over `inputs`: those with one first, then the newest."""
    active = WorkflowVersion.objects.select_related("workflow").filter(
        state=VersionState.ACTIVE, workflow__trigger=trigger
    )
    conditions = {version: definition_of(version.text).trigger.when for version in active.order_by("-created_at")}
    kept = [one for one, when in conditions.items() if when is None or holds(when, {"inputs": inputs})]
    return sorted(kept, key=lambda one: conditions[one] is None)


def runs() -> QuerySet[Run]:
    """Every run, newest first, with its workflow and its steps."""
    return Run.objects.select_related("version__workflow").prefetch_related("steps")


def run_for(pk: object) -> Run:
    """The run with this id; raises NotFound."""
    found = runs().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such run.")
    return found


def run_for_subject(subject_type: str, subject_id: UUID) -> Run | None:
    """The newest run about this subject, or None."""
    return runs().filter(subject_type=subject_type, subject_id=subject_id).first()


def steps_waiting(action: str, *, about: tuple[str, UUID] | None = None, **output: str) -> list[StepRun]:
    """Steps with this action that wait for people: of runs about this subject, or that put out these values."""
    wanted = Q(**{f"output__{name}": value for name, value in output.items()})
    if about is not None:
        wanted |= Q(run__subject_type=about[0], run__subject_id=about[1])
    return list(StepRun.objects.filter(wanted, state=StepState.WAITING, failure=False, action=action))


def steps_of_run(run: Run) -> QuerySet[StepRun]:
    """The run's steps in their order; steps that have not been reached have no row yet."""
    return run.steps.order_by("position", "number")


def version_for(workflow: object, number: int) -> WorkflowVersion:
    """The version of a workflow by its number; raises NotFound."""
    rows = WorkflowVersion.objects.select_related("workflow")
    found = rows.filter(workflow_id=parse_id(workflow), number=number).first()
    if found is None:
        raise NotFound("There is no such version.")
    return found


def newest_version(workflow: Workflow) -> WorkflowVersion:
    """The newest version of a workflow, whatever its state. Every workflow has one."""
    return workflow.versions.select_related("workflow")[0]


def seen_mark(version: WorkflowVersion) -> str:
    """What tells whether somebody has saved since: the newest version's number and how often it was changed."""
    return f"{version.number}.{version.revision}"


def trial_with_id(pk: object) -> Trial:
    """The trial with this id, with its version and run; raises NotFound."""
    found = Trial.objects.select_related("version__workflow", "run__version__workflow", "work").filter(pk=parse_id(pk))
    trial = found.first()
    if trial is None:
        raise NotFound("There is no such trial.")
    return trial


def about(text: str, run: str = "") -> Q:
    """Runs about what a typed number, reference or id means; `run` is how a query reaches the run."""
    identifier = parse_id(text)
    found = Q(**{f"{run}pk": identifier}) | Q(**{f"{run}subject_id": identifier})
    for kind, pk in subjects_meant_by(text):
        found |= Q(**{f"{run}subject_type": kind, f"{run}subject_id": pk})
    return found


def runs_to_try_on(workflow: Workflow, words: str = "") -> list[Run]:
    """Past runs that a version can be tried on: about what was typed, else the newest of the workflow, else of any."""
    rows = runs().prefetch_related(None)
    if words:
        return list(rows.filter(about(words))[:20])
    return list(rows.filter(version__workflow=workflow)[:20]) or list(rows[:20])


def workflow_choices() -> list[tuple[str, str]]:
    """(id, name) of every workflow."""
    return [(str(pk), name) for pk, name in Workflow.objects.order_by("name").values_list("pk", "name")]


def timings_of(workflow: Workflow, days: int) -> list[StepTiming]:
    """How long the workflow's steps took and how often they failed in the last `days`, of the newest 20 000 rows."""
    rows = StepRun.objects.filter(run__version__workflow=workflow, created_at__gte=now() - timedelta(days=days))
    known = rows.exclude(attempt=0).order_by("-created_at")[:_MOST_TIMED]
    values = known.values_list("name", "state", "failure", "attempt", "started_at", "finished_at")
    newest = workflow.versions.filter(state=VersionState.ACTIVE).values_list("text", flat=True).first()
    order = [step.name for step in definition_of(newest).steps] if newest else []
    return timings(
        (
            (name, (ended - began).total_seconds() if state == StepState.DONE and began and ended else None,
             failure or state == StepState.DEAD, attempt)
            for name, state, failure, attempt, began, ended in values
        ),
        order,
    )  # fmt: skip


def step_for(pk: object) -> StepRun:
    """The step of a run with this id; raises NotFound."""
    found = StepRun.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such step.")
    return found


def step_that_needs_somebody(run: Run) -> StepRun | None:
    """The first step that stopped the run, or waits; None where none does."""
    return run.steps.filter(state__in=[StepState.DEAD, StepState.WAITING]).order_by("state", "position").first()


def due_steps(limit: int, *, overdue_by: timedelta = timedelta(0)) -> Sequence[UUID]:
    """Ids of steps that are due or whose lease ran out, since at least `overdue_by`, in the order of their places."""
    moment = now() - overdue_by
    due = Q(state=StepState.PENDING, run_at__lte=moment) | Q(state=StepState.RUNNING, lease_until__lt=moment)
    return list(StepRun.objects.filter(due).order_by("place_at").values_list("pk", flat=True)[:limit])


def active_versions() -> QuerySet[WorkflowVersion]:
    """The active version of every workflow."""
    return (
        WorkflowVersion.objects.filter(state=VersionState.ACTIVE).select_related("workflow").order_by("workflow__name")
    )


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


def seconds_left_of(work: LongWork) -> float | None:
    """Seconds until the work is done, at its own pace; None where nothing honest can be said."""
    if work.started_at is None or not work.is_open:
        return None
    return seconds_left(work.samples, work.total, (now() - work.started_at).total_seconds())
