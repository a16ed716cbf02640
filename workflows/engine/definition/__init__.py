"""Reading a workflow's YAML: a frozen definition, or every fault with its line, what is wrong and what instead."""

from datetime import datetime, timezone
from zoneinfo import available_timezones

import yaml
from cronsim import CronSim, CronSimError

from core.words import said
from workflows.engine.conditions import Node, parse_condition, paths_in
from workflows.engine.definition.graph import check_graph
from workflows.engine.definition.reader import Reader, nearest
from workflows.engine.definition.shapes import (
    CATCH_UP,
    EVENTS,
    ONCE,
    DefinitionFault,
    OnFailure,
    Retry,
    StepDefinition,
    Trigger,
    WorkflowDefinition,
)
from workflows.engine.definition.steps import Actions, read_condition, read_step

__all__ = [
    "Actions",
    "DefinitionFault",
    "OnFailure",
    "Retry",
    "StepDefinition",
    "Trigger",
    "WorkflowDefinition",
    "parse_definition",
]

_TRIGGER = ("cron", "time_zone", "when", "catch_up")
_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=timezone.utc)


def parse_definition(text: str, actions: Actions) -> tuple[WorkflowDefinition | None, list[DefinitionFault]]:
    """(definition, no faults) or (None, every fault). `actions` are the actions that steps may take, with their parameters."""
    reader = Reader()
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [DefinitionFault(line, f"this is not YAML: {error.problem}", "check indentation and quotes")]
    except yaml.YAMLError:
        return None, [DefinitionFault(1, "this is not YAML text", "plain text in UTF-8")]
    if root is None:
        return None, [DefinitionFault(1, "the definition is empty", "start with `workflow:`")]
    definition = _workflow(reader, reader.mapping(root, ("workflow",), "the definition").get("workflow"), actions)
    return (None, reader.faults) if reader.faults else (definition, [])


def _workflow(reader: Reader, node: yaml.Node | None, actions: Actions) -> WorkflowDefinition | None:
    if node is None:
        return None
    parts = reader.mapping(node, ("name", "trigger", "steps"), "`workflow`")
    name = reader.text(parts.get("name"), "name")
    return WorkflowDefinition(name, _trigger(reader, parts.get("trigger")), _steps(reader, parts.get("steps"), actions))


def _trigger(reader: Reader, node: yaml.Node | None) -> Trigger:
    if not isinstance(node, yaml.MappingNode):
        event = reader.one_of(node, EVENTS, "trigger")
        if event == "schedule" and node is not None:
            reader.fault(node, "a schedule needs `cron`", 'trigger: {on: schedule, cron: "0 6 * * 1-5"}')
        return Trigger(event)
    parts = reader.mapping(node, ("on",), "`trigger`", _TRIGGER)
    event, cron = reader.one_of(parts.get("on"), EVENTS, "trigger"), reader.text(parts.get("cron"), "cron")
    zone = reader.text(parts.get("time_zone"), "time_zone") or "UTC"
    if zone not in available_timezones():
        reader.fault(
            parts["time_zone"], said("`{zone}` is no time zone", zone=zone), nearest(zone, available_timezones())
        )
    if (event == "schedule") != bool(cron):
        reader.fault(node, "`cron` belongs to a schedule, and a schedule needs it", 'cron: "0 6 * * 1-5"')
    elif cron:
        _check_cron(reader, parts["cron"], cron)
    catch_up = reader.one_of(parts["catch_up"], CATCH_UP, "catch_up") if "catch_up" in parts else ONCE
    if "catch_up" in parts and not cron:
        reader.fault(parts["catch_up"], "`catch_up` belongs to a schedule", "leave it out, or add `cron`")
    return Trigger(event, cron, zone, _trigger_when(reader, parts.get("when")), catch_up)


def _trigger_when(reader: Reader, node: yaml.Node | None) -> Node | None:
    """A condition over the inputs alone: nothing else is there before the run."""
    found = read_condition(reader, node, "when", parse_condition)
    if node is not None and found is not None and any(path.root != "inputs" for path in paths_in(found)):
        reader.fault(node, "a trigger's `when` reads inputs only", "inputs.name")
    return found


def _check_cron(reader: Reader, node: yaml.Node, cron: str) -> None:
    try:
        next(CronSim(cron, _ANY_MOMENT))
    except (CronSimError, StopIteration):
        reader.fault(
            node,
            said("`{cron}` is no schedule that ever comes", cron=cron),
            "minute hour day month weekday, such as 0 6 * * 1-5",
        )


def _steps(reader: Reader, node: yaml.Node | None, actions: Actions) -> tuple[StepDefinition, ...]:
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        reader.fault(node, "`steps` must be a list with at least one step", '- name: "…"\n  action: "…"')
        return ()
    steps: list[StepDefinition] = []
    nodes: list[dict[str, yaml.Node]] = []
    for item in node.value:
        step, parts = read_step(reader, item, actions, [earlier.name for earlier in steps])
        steps.append(step)
        nodes.append(parts)
    check_graph(reader, steps, nodes)
    return tuple(steps)
