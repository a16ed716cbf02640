"""From a tree with names to one with values: what the compiler takes, and by which equal aggregates are found equal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any as AnyValue
from typing import TypeVar, cast

from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    Constant,
    Function,
    HasHit,
    InList,
    Listed,
    Measure,
    Members,
    Missing,
    Network,
    Node,
    Not,
    Parameter,
    TextTest,
)

Values = Mapping[str, AnyValue]
_N = TypeVar("_N", bound=Node)


def bound(node: _N, values: Values) -> _N:
    """The same tree with every parameter's value in place of its name and every measure's operand in place of it."""
    return cast("_N", _bound(node, values))


def _bound(node: Node, values: Values) -> Node:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    match node:
        case Parameter(name):
            return Constant(_plain(values[name]))
        case Measure(_, operand):
            return bound(operand, values)
        case Aggregate(window=window, where=where):
            narrowed = bound(where, values) if where is not None else None
            return replace(node, window=_window(window, values), where=narrowed)
        case Network(window=window):
            return replace(node, window=_window(window, values))
        case Arithmetic(op, left, right):
            return Arithmetic(op, bound(left, values), bound(right, values))
        case Function(name, arguments):
            return Function(name, tuple(bound(item, values) for item in arguments))
        case Compare(left, op, right):
            return Compare(bound(left, values), op, bound(right, values))
        case Between(operand, low, high):
            return Between(bound(operand, values), bound(low, values), bound(high, values))
        case InList(operand, members):
            return InList(bound(operand, values), _listed(members, values))
        case TextTest(test, operand, members):
            return TextTest(test, bound(operand, values), _listed(members, values))
        case Missing(operand):
            return Missing(bound(operand, values))
        case HasHit(topic, score):
            return HasHit(topic, bound(score, values))
        case All(parts):
            return All(tuple(bound(part, values) for part in parts))
        case Any(parts):
            return Any(tuple(bound(part, values) for part in parts))
        case Not(part):
            return Not(bound(part, values))
    return node


def _window(window: str, values: Values) -> str:
    return str(values[window[1:]]) if window.startswith("$") else window


def _listed(members: Parameter | Members | Listed, values: Values) -> Members | Listed:
    if isinstance(members, Members | Listed):
        return members
    value = values[members.name]
    return Members((value,) if isinstance(value, str) else tuple(value))


def _plain(value: AnyValue) -> float | str:
    return value if isinstance(value, str) else float(value)
