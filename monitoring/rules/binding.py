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
    InList,
    Measure,
    Members,
    Node,
    Not,
    Parameter,
)

Values = Mapping[str, AnyValue]
_N = TypeVar("_N", bound=Node)


def bound(node: _N, values: Values) -> _N:
    """The same tree with every parameter's value in place of its name and every measure's operand in place of it."""
    return cast("_N", _bound(node, values))


def _bound(node: Node, values: Values) -> Node:  # noqa: C901, PLR0911 - one case for each kind of node
    match node:
        case Parameter(name):
            return Constant(_plain(values[name]))
        case Measure(_, operand):
            return bound(operand, values)
        case Aggregate(window=window, where=where):
            narrowed = bound(where, values) if where is not None else None
            return replace(node, window=str(values[window[1:]]) if window.startswith("$") else window, where=narrowed)
        case Arithmetic(op, left, right):
            return Arithmetic(op, bound(left, values), bound(right, values))
        case Compare(left, op, right):
            return Compare(bound(left, values), op, bound(right, values))
        case Between(operand, low, high):
            return Between(bound(operand, values), bound(low, values), bound(high, values))
        case InList(operand, members):
            listed = Members(tuple(values[members.name])) if isinstance(members, Parameter) else members
            return InList(bound(operand, values), listed)
        case All(parts):
            return All(tuple(bound(part, values) for part in parts))
        case Any(parts):
            return Any(tuple(bound(part, values) for part in parts))
        case Not(part):
            return Not(bound(part, values))
    return node


def _plain(value: AnyValue) -> float | str:
    return value if isinstance(value, str) else float(value)
