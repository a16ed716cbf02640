"""What must hold of the steps together: every step they name is there, nothing goes in circles, nothing is read before it is."""

from collections.abc import Sequence

import yaml

from core.words import said
from workflows.engine.definition.reader import Reader, nearest
from workflows.engine.definition.shapes import COMPENSATE, StepDefinition
from workflows.engine.definition.steps import paths_of

Nodes = Sequence[dict[str, yaml.Node]]


def check_graph(reader: Reader, steps: Sequence[StepDefinition], nodes: Nodes) -> None:
    """Adds a fault for each name of no step, each circle, and each value read of a step that does not come before."""
    names = [step.name for step in steps]
    for step, parts in zip(steps, nodes, strict=True):
        for needed in step.needs:
            if needed not in names:
                reader.fault(
                    parts["needs"],
                    said("`{needed}` is no step of this workflow", needed=needed),
                    nearest(needed, names),
                )
        if step.on_failure.what == COMPENSATE and step.on_failure.step not in names:
            named = step.on_failure.step
            reader.fault(
                parts["on_failure"], said("`{named}` is no step of this workflow", named=named), nearest(named, names)
            )
    before = {step.name: _before(step.name, steps) for step in steps}
    for step, parts in zip(steps, nodes, strict=True):
        if step.name in before[step.name]:
            reader.fault(
                parts.get("needs", parts["name"]),
                said("`{name}` needs itself in the end", name=step.name),
                "take one step out of the circle",
            )
            continue
        _check_reads(reader, step, parts, before[step.name], names)


def _check_reads(
    reader: Reader, step: StepDefinition, parts: dict[str, yaml.Node], before: set[str], names: Sequence[str]
) -> None:
    where = parts.get("when") or parts.get("for_each") or parts.get("with")
    for path in paths_of(step):
        if where is None:
            return
        if path.root == "step" and path.step not in names:
            reader.fault(where, said("`{step}` is no step of this workflow", step=path.step), nearest(path.step, names))
        elif path.root == "step" and path.step not in before:
            reader.fault(
                where,
                said("`{step}` may not be done yet", step=path.step),
                said('add needs: ["{step}"]', step=path.step),
            )
        elif path.root == "item" and step.for_each is None:
            reader.fault(where, "`item` is there with `for_each` only", "for_each: inputs.name")


def _before(name: str, steps: Sequence[StepDefinition]) -> set[str]:
    """Every step that is settled before this one starts."""
    needs = {step.name: step.needs for step in steps}
    found: set[str] = set()
    open_names = list(needs.get(name, ()))
    while open_names:
        needed = open_names.pop()
        if needed not in found:
            found.add(needed)
            open_names += needs.get(needed, ())
    return found
