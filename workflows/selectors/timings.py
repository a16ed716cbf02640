"""How long steps take and how often they fail."""

from datetime import timedelta

from core.clock import now
from workflows.engine.timings import StepTiming, timings
from workflows.enums import StepState, VersionState
from workflows.models import StepRun, Workflow
from workflows.selectors.definitions import definition_of

_MOST_TIMED = 20_000


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
