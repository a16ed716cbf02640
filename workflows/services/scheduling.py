"""When scheduled workflows start. The row is claimed by moving it on: never twice; what was missed is made up as told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from cronsim import CronSim
from django.db import transaction

from core.actor import system_actor
from core.clock import now
from workflows.engine.definition import Trigger
from workflows.engine.definition.shapes import EACH, SKIP
from workflows.enums import RunState, Urgency
from workflows.models import Run, Workflow, WorkflowSchedule
from workflows.services.runs import start_run

ON_TIME = timedelta(minutes=5)
MOST_MADE_UP = 24
_MOST_LOOKED_AT = 2000
_log = structlog.get_logger(__name__)


def plan_schedule(workflow: Workflow, trigger: Trigger) -> None:
    """Keeps the row of a workflow that a schedule starts; takes it away from one that it does not."""
    if not trigger.cron:
        WorkflowSchedule.objects.filter(workflow=workflow).delete()
        return
    values = {
        "cron": trigger.cron,
        "time_zone": trigger.time_zone,
        "catch_up": trigger.catch_up,
        "next_at": next_after(now(), trigger.cron, trigger.time_zone),
    }
    WorkflowSchedule.objects.update_or_create(workflow=workflow, defaults=values)


def next_after(moment: datetime, cron: str, time_zone: str) -> datetime:
    """The first time after `moment` that the schedule comes, by the clock of its time zone (summer time included)."""
    found: datetime = next(CronSim(cron, moment.astimezone(ZoneInfo(time_zone))))
    return found


def start_scheduled() -> int:
    """Starts every scheduled workflow whose time has come; how many runs this process started."""
    due = WorkflowSchedule.objects.filter(next_at__lte=now()).select_related("workflow")
    return sum(_start(schedule) for schedule in due)


@transaction.atomic
def _start(schedule: WorkflowSchedule) -> int:
    """Moves the row on and starts the runs in one transaction: of two schedulers one finds the row moved on already.

    A workflow whose last run is still going is not started again: a schedule never piles up work.
    """
    moment = now()
    times = missed_times(schedule, moment)
    following = next_after(moment, schedule.cron, schedule.time_zone)
    mine = WorkflowSchedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(
        next_at=following, last_at=moment
    )
    if not mine or not times:
        return 0
    if schedule.catch_up != EACH and _is_going(schedule):
        _log.warning("schedule_passed_over", workflow=str(schedule.workflow_id), reason="its last run has not ended")
        return 0
    for planned in times:
        start_run(
            trigger="schedule", workflow=schedule.workflow, subject_type="workflow", subject_id=schedule.workflow_id,
            inputs={"planned_for": planned.isoformat()}, stream=f"workflow:{schedule.workflow_id}",
            by=system_actor("scheduler"), urgency=Urgency.BATCH, start_key=f"schedule:{schedule.pk}:{planned.isoformat()}",
        )  # fmt: skip
    return len(times)


def missed_times(schedule: WorkflowSchedule, moment: datetime) -> list[datetime]:
    """The times up to `moment` that its catch-up policy has runs started for, the oldest first.

    `once`: one run, for the first of them; `skip`: only a time that is at most ON_TIME old; `each`: every one, at most
    the MOST_MADE_UP newest.
    """
    times = [schedule.next_at]
    while (
        len(times) <= _MOST_LOOKED_AT
        and (following := next_after(times[-1], schedule.cron, schedule.time_zone)) <= moment
    ):
        times.append(following)
    if schedule.catch_up == EACH:
        return times[-MOST_MADE_UP:]
    if schedule.catch_up == SKIP:
        return [times[-1]] if moment - times[-1] <= ON_TIME else []
    return times[:1]


def _is_going(schedule: WorkflowSchedule) -> bool:
    going = Run.objects.filter(version__workflow=schedule.workflow_id, subject_type="workflow", state=RunState.RUNNING)
    return going.exists()
