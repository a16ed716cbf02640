"""What comes next in a run: which steps can start, which are left out, and how the run stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine.conditions import holds
from workflows.engine.definition.shapes import COMPENSATE, StepDefinition, WorkflowDefinition

DONE, SKIPPED, FAILED, DEAD = "done", "skipped", "failed", "dead"
SETTLED = frozenset({DONE, SKIPPED, FAILED})


@dataclass(frozen=True)
class StepStanding:
    """How a step that has been reached stands: its state (of all its items) and what it put out."""

    state: str
    output: Any = None


@dataclass(frozen=True)
class Start:
    """A step to start: once with no item, or once for each of `items`."""

    step: StepDefinition
    items: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Plan:
    """What to do now: steps to start, names of steps to leave out. `finished` where nothing is left."""

    starts: tuple[Start, ...]
    skips: tuple[str, ...]
    finished: bool


def plan(definition: WorkflowDefinition, standing: Mapping[str, StepStanding], inputs: Mapping[str, Any]) -> Plan:
    """The next moves of a run. A step starts when everything it needs is settled and its `when` holds.

    A step whose needs were all left out is left out too; one with an empty `for_each` as well. A compensation starts
    when the step it belongs to was given up.
    """
    known = dict(standing)
    starts: list[Start] = []
    skips: list[str] = []
    moved = True
    while moved:
        moved = False
        for step in definition.steps:
            if step.name in known or not _is_reached(step, definition, known):
                continue
            moved = True
            found = _start(step, known, inputs)
            known[step.name] = StepStanding(SKIPPED if found is None else "pending")
            if found is None:
                skips.append(step.name)
            else:
                starts.append(found)
    left = [step for step in definition.steps if known.get(step.name, StepStanding("")).state not in SETTLED]
    return Plan(tuple(starts), tuple(skips), all(step.name in definition.compensations for step in left))


def _is_reached(step: StepDefinition, definition: WorkflowDefinition, known: Mapping[str, StepStanding]) -> bool:
    if step.name in definition.compensations:
        failed = (
            one.name
            for one in definition.steps
            if one.on_failure.what == COMPENSATE and one.on_failure.step == step.name
        )
        return any(known.get(name, StepStanding("")).state == DEAD for name in failed)
    needs = [name for name in step.needs if name not in definition.compensations]
    return all(name in known and known[name].state in SETTLED for name in needs)


def _start(step: StepDefinition, known: Mapping[str, StepStanding], inputs: Mapping[str, Any]) -> Start | None:
    if step.needs and all(known[name].state == SKIPPED for name in step.needs if name in known):
        return None
    values = values_for(known, inputs)
    if step.for_each is None:
        return Start(step) if step.when is None or holds(step.when, values) else None
    items = step.for_each.value(values)
    wanted = items if isinstance(items, list) else []
    kept = [item for item in wanted if step.when is None or holds(step.when, values | {"item": item})]
    return Start(step, tuple(kept)) if kept else None


def values_for(known: Mapping[str, StepStanding], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What conditions read: inputs, and outputs of settled steps by name."""
    return {"inputs": inputs, "steps": {name: one.output for name, one in known.items() if one.state in SETTLED}}
