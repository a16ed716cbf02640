"""What a rule costs, and comparisons that can come out one way only."""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any as AnyValue

from monitoring.rules.binding import bound
from monitoring.rules.functions import COSTS, SORTED
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Compare,
    Condition,
    Constant,
    Function,
    Network,
    Node,
    Not,
    Operand,
    walk,
)

MOST_COST = 3000
_NEVER_NEGATIVE = frozenset({"count", "distinct", "std", "benford", "alike", "time_since_previous",
                             "time_since_first"})  # fmt: skip
_RANGES = {"hour": (0.0, 23.0), "weekday": (1.0, 7.0), "day": (1.0, 31.0), "month": (1.0, 12.0), "abs": (0.0, inf),
           "length": (0.0, inf)}  # fmt: skip
Implausible = tuple[str, str, str]


def cost_of(*nodes: Node) -> int:
    """What evaluating costs, about in nanoseconds a row: each different aggregate once, sorted and network ones more."""
    inside = {node for root in nodes for node in walk(root)}
    return sum(_cost(node) for node in inside)


def _cost(node: Node) -> int:
    match node:
        case Network(hops=hops):
            return COSTS["network"] * max(hops, 2)
        case Aggregate(function=function, among=among):
            return COSTS["sorted" if function in SORTED else "aggregate"] * (2 if among else 1)
        case Function():
            return COSTS["function"]
    return COSTS["field"]


def implausible(condition: Condition, parameters: Mapping[str, AnyValue]) -> Iterator[Implausible]:
    """(path, code, message) of every comparison that is always true or never, given what its sides can be."""
    yield from _inside(condition, parameters, "/rule")


def _inside(condition: Condition, parameters: Mapping[str, AnyValue], path: str) -> Iterator[Implausible]:
    match condition:
        case Compare(left, op, right):
            yield from _decided(bound(left, parameters), op, bound(right, parameters), f"{path}/compare")
        case All(parts) | Any(parts):
            name = "all" if isinstance(condition, All) else "any"
            for index, part in enumerate(parts):
                yield from _inside(part, parameters, f"{path}/{name}/{index}")
            if isinstance(condition, All):
                yield from _contradicting(parts, parameters, f"{path}/all")
        case Not(part):
            yield from _inside(part, parameters, f"{path}/not")


def _range(operand: Operand) -> tuple[float, float]:
    match operand:
        case Constant(float(value)):
            return value, value
        case Network():
            return 0.0, inf
        case Aggregate(function=function) if function in _NEVER_NEGATIVE:
            return 0.0, inf
        case Function(name) if name in _RANGES:
            return _RANGES[name]
    return -inf, inf


def _decided(left: Operand, op: str, right: Operand, path: str) -> Iterator[Implausible]:
    (low, high), (least, most) = _range(left), _range(right)
    always = {"<": high < least, "<=": high <= least, ">": low > most, ">=": low >= most,
              "!=": high < least or low > most}  # fmt: skip
    never = {"<": low >= most, "<=": low > most, ">": high <= least, ">=": high < least, "==": always["!="]}
    if always.get(op):
        yield path, "always_true", "is always true"
    elif never.get(op):
        yield path, "never_true", "is never true"


def _contradicting(
    parts: tuple[Condition, ...], parameters: Mapping[str, AnyValue], path: str
) -> Iterator[Implausible]:
    """Bounds on one operand that leave nothing between them."""
    bounds: dict[Operand, tuple[float, float]] = {}
    for index, part in enumerate(parts):
        if not isinstance(part, Compare):
            continue
        left, right = bound(part.left, parameters), bound(part.right, parameters)
        if not isinstance(right, Constant) or isinstance(right.value, str):
            continue
        low, high = bounds.get(left, (-inf, inf))
        if part.op in {">", ">=", "=="}:
            low = max(low, right.value)
        if part.op in {"<", "<=", "=="}:
            high = min(high, right.value)
        bounds[left] = low, high
        if low > high:
            yield f"{path}/{index}/compare", "never_true", "contradicts a comparison before it"
