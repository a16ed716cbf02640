"""When scheduled workflows start. The row is claimed by moving it on: never twice, and a missed time is made up once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.db import transaction

from core.actor import system_actor
from core.clock import now
from workflows.engine.definition import Trigger
from workflows.models import Workflow, WorkflowSchedule
from workflows.services.runs import start_run


def plan_schedule(workflow: Workflow, trigger: Trigger) -> None:
    """Keeps the row of a workflow that a schedule starts; takes it away from one that it does not."""
    if not trigger.cron:
        WorkflowSchedule.objects.filter(workflow=workflow).delete()
        return
    values = {
        "cron": trigger.cron,
        "time_zone": trigger.time_zone,
        "next_at": next_after(now(), trigger.cron, trigger.time_zone),
    }
    WorkflowSchedule.objects.update_or_create(workflow=workflow, defaults=values)


def next_after(moment: datetime, cron: str, time_zone: str) -> datetime:
    """The first time after `moment` that the schedule comes, by the clock of its time zone (summer time included)."""
    found: datetime = next(CronSim(cron, moment.astimezone(ZoneInfo(time_zone))))
    return found


def start_scheduled() -> int:
    """Starts every scheduled workflow whose time has come; how many this process started."""
    due = WorkflowSchedule.objects.filter(next_at__lte=now()).select_related("workflow")
    return sum(_start(schedule) for schedule in due)


@transaction.atomic
def _start(schedule: WorkflowSchedule) -> bool:
    """Moves the row on and starts the run in one transaction; times missed while nothing ran are made up by this one run."""
    moment = now()
    following = next_after(moment, schedule.cron, schedule.time_zone)
    mine = WorkflowSchedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(
        next_at=following, last_at=moment
    )
    if mine:
        start_run(
            trigger="schedule", workflow=schedule.workflow, subject_type="workflow", subject_id=schedule.workflow_id,
            inputs={"planned_for": schedule.next_at.isoformat()}, stream=f"workflow:{schedule.workflow_id}",
            by=system_actor("scheduler"),
        )  # fmt: skip
    return bool(mine)
