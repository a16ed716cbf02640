"""Reading one step: its action with typed parameters, what it needs, when it runs, what follows its failure."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import yaml

from core.words import said
from workflows.engine.conditions import ConditionInvalid, Node, Path, parse_condition, parse_path, paths_in
from workflows.engine.definition.reader import Reader, nearest
from workflows.engine.definition.shapes import (
    COMPENSATE,
    CONTINUE,
    FROM,
    NOTIFY,
    PARK,
    OnFailure,
    Retry,
    StepDefinition,
)
from workflows.engine.parameters import Parameter

Actions = Mapping[str, Mapping[str, Parameter]]
_MORE = ("with", "needs", "when", "for_each", "retry", "timeout", "on_failure")
_RETRY = ("attempts", "wait", "factor", "most", "errors")
_LONGEST_CONDITION = 2000
_Read = TypeVar("_Read", Node, Path)


def read_step(
    reader: Reader, node: yaml.Node, actions: Actions, earlier: list[str]
) -> tuple[StepDefinition, dict[str, yaml.Node]]:
    """The step and its nodes. `earlier` are the names of the steps above it in the text."""
    parts = reader.mapping(node, ("name", "action"), "a step", _MORE)
    name, action = reader.text(parts.get("name"), "name"), reader.one_of(parts.get("action"), actions, "action")
    if name and name in earlier:
        reader.fault(parts["name"], said("two steps are named `{name}`", name=name), "give each step its own name")
    step = StepDefinition(
        name=name,
        action=action,
        parameters=_parameters(reader, parts.get("with"), parts.get("action"), actions.get(action, {})),
        needs=_needs(reader, parts.get("needs"), earlier),
        when=read_condition(reader, parts.get("when"), "when", parse_condition),
        for_each=read_condition(reader, parts.get("for_each"), "for_each", parse_path),
        retry=_retry(reader, parts.get("retry")),
        timeout=reader.duration(parts["timeout"], "timeout") if "timeout" in parts else 0,
        on_failure=_on_failure(reader, parts.get("on_failure")),
    )
    return step, parts


def paths_of(step: StepDefinition) -> list[Path]:
    """Every path that the step reads."""
    given = (value for value in step.parameters.values() if isinstance(value, Path))
    return [*(paths_in(step.when) if step.when else ()), *([step.for_each] if step.for_each else ()), *given]


def _needs(reader: Reader, node: yaml.Node | None, earlier: list[str]) -> tuple[str, ...]:
    """Without `needs` a step needs the one above it, so that a plain list runs in its order."""
    if node is None:
        return tuple(earlier[-1:])
    return tuple(name for _, name in reader.texts(node, "needs") if name)


def _parameters(
    reader: Reader, node: yaml.Node | None, action: yaml.Node | None, known: Mapping[str, Parameter]
) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if node is not None and not isinstance(node, yaml.MappingNode):
        reader.fault(
            node,
            "`with` must be a mapping of parameters",
            said("keys {known}", known=", ".join(known)) if known else "leave it out",
        )
        return given
    for key_node, value_node in node.value if node is not None else ():
        key = str(key_node.value)
        if key not in known:
            reader.fault(
                key_node,
                said("`{key}` is not a parameter of this action", key=key),
                nearest(key, known) if known else "it takes none",
            )
            continue
        if _is_reference(value_node):
            given[key] = read_condition(reader, value_node.value[0][1], FROM, parse_path)
            continue
        given[key] = reader.data(value_node)
        if not known[key].fits(given[key]):
            reader.fault(
                value_node,
                said("`{key}` must be a {type}", key=key, type=known[key].type),
                f"{key}: {known[key].example}",
            )
    for key, parameter in known.items():
        if parameter.required and key not in given and action is not None:
            reader.fault(
                action,
                said("this action needs `{key}`: {sentence}", key=key, sentence=parameter.sentence),
                said("with: {{{key}: {example}}}", key=key, example=parameter.example),
            )
        elif parameter.default is not None:
            given.setdefault(key, parameter.default)
    return given


def _is_reference(node: yaml.Node) -> bool:
    """`{from: path}`: the value is taken from the run when the step starts."""
    return isinstance(node, yaml.MappingNode) and [key.value for key, _ in node.value] == [FROM]


def read_condition(reader: Reader, node: yaml.Node | None, where: str, parse: Callable[[str], _Read]) -> _Read | None:
    """What `parse` makes of the node's text; None with a fault where it makes nothing of it."""
    if node is None:
        return None
    text = reader.text(node, where, _LONGEST_CONDITION)
    try:
        return parse(text) if text else None
    except ConditionInvalid as error:
        reader.fault(node, f"{where}: {error}", error.suggestion)
        return None


def _retry(reader: Reader, node: yaml.Node | None) -> Retry:
    if node is None:
        return Retry()
    parts = reader.mapping(node, (), "`retry`", _RETRY)
    plain = Retry()
    return Retry(
        attempts=reader.whole(parts["attempts"], "attempts", 1, 50) if "attempts" in parts else plain.attempts,
        wait=reader.duration(parts["wait"], "wait") if "wait" in parts else plain.wait,
        factor=reader.number(parts["factor"], "factor", 1, 20) if "factor" in parts else plain.factor,
        most=reader.duration(parts["most"], "most") if "most" in parts else plain.most,
        errors=tuple(name for _, name in reader.texts(parts["errors"], "errors")) if "errors" in parts else (),
    )


def _on_failure(reader: Reader, node: yaml.Node | None) -> OnFailure:
    if node is None:
        return OnFailure()
    if isinstance(node, yaml.MappingNode):
        parts = reader.mapping(node, (COMPENSATE,), "`on_failure`")
        return OnFailure(COMPENSATE, reader.text(parts.get(COMPENSATE), COMPENSATE))
    return OnFailure(reader.one_of(node, (NOTIFY, CONTINUE, PARK), "on_failure"))
