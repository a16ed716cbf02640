"""What the pages of definitions show: the list, a version beside another, a text while somebody types it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from core.clock import now
from core.words import said
from workflows.drawing import Picture, picture_of
from workflows.engine.definition import DefinitionFault, Trigger, WorkflowDefinition, parse_definition
from workflows.engine.registry import Action, actions_with_parameters, actions_with_summaries
from workflows.engine.wording import condition_text
from workflows.enums import RunState, VersionState
from workflows.models import Run, Workflow, WorkflowVersion

_DAYS, _LAST, _FIRES = 30, 5, 3
_EXAMPLES = {
    "text": '""', "number": "0.5", "whole": "1", "flag": "true", "list": "[]", "mapping": "{}",
}  # fmt: skip


@dataclass(frozen=True)
class WorkflowLine:
    """A workflow in the list: its active version and open draft, what starts it, how it went."""

    workflow: Workflow
    active: WorkflowVersion | None
    draft: WorkflowVersion | None
    runs: Sequence[Run]
    failed_percent: float | None
    next_at: datetime | None


@dataclass(frozen=True)
class Checked:
    """A text as it was understood: its faults by line, or its picture, and when its schedule comes next."""

    faults: Sequence[DefinitionFault] = ()
    picture: Picture | None = None
    trigger: str = ""
    fires: Sequence[datetime] = field(default_factory=list)


@dataclass(frozen=True)
class ActionHelp:
    """An action for the editor: what it does, what it takes, and a step to put in."""

    action: Action
    snippet: str


def workflow_lines(workflows: Sequence[Workflow]) -> list[WorkflowLine]:
    """A line for each; four queries, however many workflows and runs."""
    versions: dict[UUID, dict[str, WorkflowVersion]] = defaultdict(dict)
    states = [VersionState.ACTIVE, VersionState.DRAFT, VersionState.PROPOSED]
    for version in WorkflowVersion.objects.filter(state__in=states).defer("text"):
        versions[version.workflow_id]["active" if version.state == VersionState.ACTIVE else "draft"] = version
    last, rates = _last_runs(), _failure_rates()
    return [
        WorkflowLine(
            one, versions[one.pk].get("active"), versions[one.pk].get("draft"), last[one.pk], rates.get(one.pk),
            _next_of(one),
        )
        for one in workflows
    ]  # fmt: skip


def checked_text(text: str) -> Checked:
    """The text as the product understands it, for the editor: nothing is stored."""
    definition, faults = parse_definition(text, actions_with_parameters())
    if definition is None:
        return Checked(faults)
    return Checked((), picture_of(definition), trigger_text(definition.trigger), next_fires(definition.trigger))


def picture_of_text(text: str) -> Picture | None:
    """The graph of a version's text; None where the product does not understand it any more."""
    return checked_text(text).picture


def definition_in(text: str) -> WorkflowDefinition | None:
    """The definition in a text; None where it has faults."""
    return parse_definition(text, actions_with_parameters())[0]


def next_fires(trigger: Trigger) -> list[datetime]:
    """The next times of a schedule by its own clock; none of another trigger."""
    if not trigger.cron:
        return []
    times = CronSim(trigger.cron, now().astimezone(ZoneInfo(trigger.time_zone)))
    return [found for _, found in zip(range(_FIRES), times, strict=False)]


def trigger_text(trigger: Trigger) -> str:
    """What starts the workflow, in words."""
    event = said(trigger.event.replace("_", " "))
    if trigger.cron:
        event = said("{event} {cron} ({time_zone})", event=event, cron=trigger.cron, time_zone=trigger.time_zone)
    return (
        said("{event} when {condition}", event=event, condition=condition_text(trigger.when)) if trigger.when else event
    )


def help_of_actions() -> list[ActionHelp]:
    """Every action with what it takes, as the JSON Schema says it, and a step that can be put in."""
    return [ActionHelp(action, snippet_of(action)) for action in actions_with_summaries()]


def snippet_of(action: Action) -> str:
    """A step with this action and what it needs, as a person would begin it."""
    lines = [f'- name: "{action.name.replace("_", " ").capitalize()}"', f"  action: {action.name}"]
    needed = [
        f"    {name}: {one.choices[0] if one.choices else _EXAMPLES[one.type]}"
        for name, one in action.parameters.items()
        if one.required
    ]
    return "\n".join([*lines, *(["  with:", *needed] if needed else [])])


def _last_runs() -> dict[UUID, list[Run]]:
    ranked = Run.objects.annotate(
        place=Window(RowNumber(), partition_by=F("version__workflow_id"), order_by=F("created_at").desc())
    )
    found: dict[UUID, list[Run]] = defaultdict(list)
    for run in ranked.filter(place__lte=_LAST).select_related("version").order_by("-created_at"):
        found[run.version.workflow_id].append(run)
    return found


def _failure_rates() -> dict[UUID, float]:
    """Percent of the runs of the last 30 days that stopped, by workflow."""
    recent: Any = Run.objects.filter(created_at__gte=now() - timedelta(days=_DAYS)).order_by()
    counted = recent.values("version__workflow_id").annotate(
        number=Count("id"), stopped=Count("id", filter=Q(state=RunState.DEAD))
    )
    rows = counted.values_list("version__workflow_id", "number", "stopped")
    return {pk: round(100 * stopped / number, 1) for pk, number, stopped in rows}


def _next_of(workflow: Workflow) -> datetime | None:
    schedule = getattr(workflow, "schedule", None)
    return schedule.next_at if schedule else None
