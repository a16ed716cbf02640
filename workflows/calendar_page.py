"""What runs when: the schedules' times of a week with what became of those that are past, and the product's own periodic work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone

from core.clock import now
from core.words import said
from workflows.definition_page import next_fires
from workflows.engine.definition import Trigger
from workflows.engine.periodic import periodic_tasks
from workflows.engine.wording import seconds_text
from workflows.models import PeriodicTask, Run, WorkflowSchedule

_MOST_A_DAY = 12
_CATCH_UP = {
    "once": said("made up by one run"), "skip": said("passed over"), "each": said("made up each, at most the newest 24"),
}  # fmt: skip


@dataclass(frozen=True)
class Fire:
    """A time at which a schedule starts its workflow: by the reader's clock and by its own; `run` where it has."""

    at: datetime
    schedule: WorkflowSchedule
    run: Run | None = None
    times: int = 1

    @property
    def own_clock(self) -> str:
        """The time by the schedule's own clock, where that is another."""
        own = self.at.astimezone(ZoneInfo(self.schedule.time_zone))
        return "" if own.utcoffset() == self.at.utcoffset() else f"{own:%H:%M} {self.schedule.time_zone}"


@dataclass(frozen=True)
class Day:
    """A day of the week with its fires, the earliest first."""

    on: date
    is_today: bool
    fires: Sequence[Fire]


@dataclass(frozen=True)
class ScheduleLine:
    """A schedule in the list: when it comes next (by its own clock) and what became of its last run."""

    schedule: WorkflowSchedule
    fires: Sequence[str]
    catch_up: str
    last: Run | None


@dataclass(frozen=True)
class PeriodicLine:
    """The product's own work: how often, when it began last, when next, and how that ended."""

    name: str
    every: str
    row: PeriodicTask | None


def week_of(day: date) -> list[Day]:
    """The seven days from the Monday before `day`, by the reader's clock; two queries."""
    zone = get_current_timezone()
    monday = day - timedelta(days=day.weekday())
    schedules = list(WorkflowSchedule.objects.select_related("workflow"))
    runs = _runs_of_week(datetime.combine(monday, time.min, zone))
    today = now().astimezone(zone).date()
    return [
        Day(on, on == today, _fires(schedules, datetime.combine(on, time.min, zone), runs))
        for on in (monday + timedelta(days=number) for number in range(7))
    ]


def schedule_lines() -> list[ScheduleLine]:
    """Every schedule; two queries."""
    schedules = list(WorkflowSchedule.objects.select_related("workflow"))
    last: dict[object, Run] = {}
    ids = [schedule.workflow_id for schedule in schedules]
    rows = Run.objects.filter(subject_type="workflow", subject_id__in=ids).order_by("created_at")
    for run in rows.filter(created_at__gte=now() - timedelta(days=400)).only("id", "subject_id", "state", "created_at"):
        last[run.subject_id] = run
    return [
        ScheduleLine(
            one, [_by_its_clock(at) for at in next_fires(Trigger("schedule", one.cron, one.time_zone))],
            _CATCH_UP[one.catch_up],
            last.get(one.workflow_id),
        )
        for one in schedules
    ]  # fmt: skip


def periodic_lines() -> list[PeriodicLine]:
    """The product's own periodic work, by name; one query."""
    rows = {row.name: row for row in PeriodicTask.objects.all()}
    return [
        PeriodicLine(task.name, seconds_text(task.every_seconds), rows.get(task.name))
        for task in sorted(periodic_tasks(), key=lambda task: task.name)
    ]


def _by_its_clock(at: datetime) -> str:
    return f"{date_format(at, 'DATETIME_FORMAT')} {at:%Z}"  # by no filter of templates: those turn it to the reader's clock


def _fires(
    schedules: Sequence[WorkflowSchedule], start: datetime, runs: dict[tuple[object, datetime], Run]
) -> list[Fire]:
    """A day's fires. A schedule that comes more than twelve times stands once, with how often it comes."""
    found: list[Fire] = []
    for schedule in schedules:
        times = list(_times(schedule, start))
        if len(times) > _MOST_A_DAY:
            found.append(Fire(times[0], schedule, None, len(times)))
        else:
            found += [Fire(at, schedule, runs.get((schedule.workflow_id, at))) for at in times]
    return sorted(found, key=lambda fire: fire.at)


def _times(schedule: WorkflowSchedule, start: datetime) -> Iterator[datetime]:
    end = start + timedelta(days=1)
    before = (start - timedelta(microseconds=1)).astimezone(ZoneInfo(schedule.time_zone))
    for at in CronSim(schedule.cron, before):
        if at >= end:
            return
        yield at.astimezone(start.tzinfo)


def _runs_of_week(monday: datetime) -> dict[tuple[object, datetime], Run]:
    """Runs that schedules of the week started, by workflow and the time that each was planned for."""
    rows = Run.objects.filter(
        subject_type="workflow", created_at__gte=monday, created_at__lt=monday + timedelta(days=14)
    ).only("id", "subject_id", "state", "inputs", "created_at")
    return {
        (run.subject_id, datetime.fromisoformat(run.inputs["planned_for"])): run
        for run in rows
        if "planned_for" in run.inputs
    }
