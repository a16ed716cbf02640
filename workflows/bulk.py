"""Trying many given-up steps again after an outage, as long work: each in a transaction of its own, each on the record."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from core.exceptions import Fault
from core.ids import parse_id
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work
from workflows.exceptions import StepNotRetryable
from workflows.models import LongWork, StepRun
from workflows.run_filters import RunFilters, given_up_steps
from workflows.services import retry_step

BULK_RETRY = "bulk retry"
MOST_STEPS = 5000


@dataclass(frozen=True)
class Preview:
    """What would be tried again: steps, runs, and how many of each action with what was said."""

    steps: int
    runs: int
    groups: list[tuple[int, str, str]]

    @property
    def is_too_many(self) -> bool:
        return self.steps > MOST_STEPS


def preview_of(filters: RunFilters) -> Preview:
    """How much the filters mean; three queries, however much."""
    rows = given_up_steps(filters).order_by()
    told = rows.aggregate(steps=Count("id"), runs=Count("run", distinct=True))
    counted = rows.values("action", "reason").annotate(steps=Count("id")).order_by("-steps", "action")
    groups = counted.values_list("steps", "action", "reason")[:20]
    return Preview(told["steps"], told["runs"], list(groups))


def steps_of_work(work: LongWork) -> list[StepRun]:
    """The steps that the work was started for, as they stand now, with their runs; at most 500."""
    ids = [parse_id(one) for one in work.inputs.get("steps", ())][:500]
    return list(StepRun.objects.filter(pk__in=ids).select_related("run__version__workflow").order_by("created_at"))


def _retry(context: WorkContext, progress: Progress) -> WorkResult:
    wanted = context.inputs["steps"]
    ids: list[UUID] = [parse_id(one) for one in wanted] if isinstance(wanted, list) else []
    faults: list[Fault] = []
    for done, step_id in enumerate(ids):
        progress.report(done, len(ids), "trying steps again")
        try:
            retry_step(step_id=step_id, reason=str(context.inputs["reason"]), by=context.by)
        except StepNotRetryable as error:
            faults.append(Fault(f"/steps/{step_id}", error.message, "nothing: somebody was quicker"))
    told: dict[str, object] = {"tried again": len(ids) - len(faults), "left as they were": len(faults)}
    return WorkResult(told, reverse("workflows:bulk_result", args=[context.work_id]), faults)


register_work(WorkKind(BULK_RETRY, _retry, "What has been tried again stays so; the rest is left as it was."))
