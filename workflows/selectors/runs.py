"""Reads of runs and their steps."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from core.shared_clock import shared_now
from workflows.engine.links import subjects_meant_by
from workflows.enums import RunState, StepState
from workflows.models import Run, StepRun


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


def subjects_under_way(subject_type: str, subject_ids: Collection[UUID]) -> set[UUID]:
    """Those of the subjects whose newest run is running."""
    if not subject_ids:
        return set()
    rows = Run.objects.filter(subject_type=subject_type, subject_id__in=subject_ids).order_by("created_at")
    newest = dict(rows.values_list("subject_id", "state"))
    return {subject for subject, state in newest.items() if state == RunState.RUNNING}


def steps_waiting(action: str, *, about: tuple[str, UUID] | None = None, **ids: str) -> list[StepRun]:
    """Steps with this action that wait for people: of runs about this subject, or that put out these ids."""
    wanted = Q(**{f"output_ids__{name}": value for name, value in ids.items()})
    if about is not None:
        wanted |= Q(run__subject_type=about[0], run__subject_id=about[1])
    return list(StepRun.objects.filter(wanted, state=StepState.WAITING, failure=False, action=action))


def steps_of_run(run: Run) -> QuerySet[StepRun]:
    """The run's steps in their order; steps that have not been reached have no row yet."""
    return run.steps.order_by("position", "number")


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
    moment = shared_now() - overdue_by
    due = Q(state=StepState.PENDING, run_at__lte=moment) | Q(state=StepState.RUNNING, lease_until__lt=moment)
    return list(StepRun.objects.filter(due).order_by("place_at").values_list("pk", flat=True)[:limit])


def steps_waiting_since(moment: datetime) -> QuerySet[StepRun]:
    """Steps that a worker could have begun at this moment and whose turn had come; a batch's comes ten minutes later."""
    return StepRun.objects.filter(state=StepState.PENDING, run_at__lte=moment, place_at__lte=moment)


def about(text: str, run: str = "") -> Q:
    """Runs about what a typed number, reference or id means; `run` is how a query reaches the run."""
    identifier = parse_id(text)
    found = Q(**{f"{run}pk": identifier}) | Q(**{f"{run}subject_id": identifier})
    for kind, pk in subjects_meant_by(text):
        found |= Q(**{f"{run}subject_type": kind, f"{run}subject_id": pk})
    return found
