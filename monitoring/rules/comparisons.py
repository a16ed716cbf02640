"""The comparisons of a rule with a number that can be moved: what a slider, a sweep and a counterfactual are about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any as AnyValue

from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    Condition,
    Constant,
    Measure,
    Node,
    Operand,
    Parameter,
    walk,
)
from monitoring.rules.words import text_of

_ORDERED = frozenset({"<", "<=", ">", ">="})


@dataclass(frozen=True)
class Limit:
    """`left op value` at `path`. `left` and `value` are bound; `is_required` where the rule cannot fire without it.

    Where an aggregate counts by it, not the rule itself, `path` is the parameter's name (`is_inside`).
    """

    path: str
    left: Operand
    op: str
    value: float
    parameter: str = ""
    is_required: bool = True

    @property
    def is_inside(self) -> bool:
        """Whether it limits what an aggregate counts: moving it makes the aggregate anew."""
        return self.path.startswith("$")


def inner_limits(rule: Rule) -> list[Limit]:
    """The numbers by which aggregates choose what they count, as parameters: `count(amount >= $least in 7d)`. Those that
    are limits of the rule itself, too, or are compared both ways, are left out."""
    found: dict[str, set[Limit]] = {}
    for root in (rule.condition, *rule.measures):
        for node in _nodes(root):
            if isinstance(node, Aggregate) and node.where is not None:
                for limit in _inside(node.where, rule):
                    found.setdefault(limit.parameter, set()).add(limit)
    own = {limit.parameter for limit in limits_of(rule)}
    return [next(iter(limits)) for name, limits in found.items() if name not in own and len(limits) == 1]


def _inside(where: Condition, rule: Rule) -> Iterator[Limit]:
    for left, op, right in _ordered(where):
        for name, per in _moved_by(right, rule):
            value = rule.parameters[name]
            if isinstance(value, int | float):
                operand = bound(left, rule.parameters)
                scaled = operand if per is None else Arithmetic("/", operand, per)
                yield Limit(f"${name}", scaled, op, float(value), name, is_required=False)


def _moved_by(right: Operand, rule: Rule) -> Iterator[tuple[str, Operand | None]]:
    """The parameters that the right side is, or is a multiple of, with what they are multiplied by."""
    if isinstance(right, Parameter):
        yield right.name, None
    elif isinstance(right, Arithmetic) and right.op == "*":
        for one, other in ((right.left, right.right), (right.right, right.left)):
            if isinstance(one, Parameter):
                yield one.name, bound(other, rule.parameters)


def _ordered(where: Condition) -> Iterator[tuple[Operand, str, Operand]]:
    for node in walk(where):
        if isinstance(node, Compare) and node.op in _ORDERED:
            yield node.left, node.op, node.right
        elif isinstance(node, Between):
            yield node.operand, ">=", node.low
            yield node.operand, "<=", node.high


def limits_of(rule: Rule) -> list[Limit]:
    """The comparisons with a number, or with a parameter that is used nowhere else, that make firing likelier as they hold."""
    uses = [
        node.name for root in (rule.condition, *rule.measures) for node in _nodes(root) if isinstance(node, Parameter)
    ]
    windows = [getattr(node, "window", "") for root in (rule.condition, *rule.measures) for node in _nodes(root)]
    found = []
    for path, node, is_required in _leaves(rule.condition, "/rule"):
        if not isinstance(node, Compare) or isinstance(node.left, Constant | Parameter) or node.op in {"==", "!="}:
            continue
        right = bound(node.right, rule.parameters)
        if not isinstance(right, Constant) or isinstance(right.value, str):
            continue
        name = node.right.name if isinstance(node.right, Parameter) else ""
        if name and (uses.count(name) > 1 or f"${name}" in windows):
            continue
        found.append(Limit(path, bound(node.left, rule.parameters), node.op, right.value, name, is_required))
    return found


def required_paths(rule: Rule) -> set[str]:
    """Where the comparisons stand without which the rule cannot fire."""
    return {path for path, _, is_required in _leaves(rule.condition, "/rule") if is_required}


def slid_operands(rule: Rule) -> dict[str, Operand]:
    """By its text every bound operand that is compared with a number, wherever in the rule."""
    found: dict[str, Operand] = {}
    for left, right in _pairs(rule):
        value = bound(right, rule.parameters)
        if isinstance(value, Constant) and not isinstance(value.value, str) and not isinstance(left, Constant):
            operand = bound(left, rule.parameters)
            found[text_of(operand)] = operand
    return found | {text_of(limit.left): limit.left for limit in inner_limits(rule)}


def compared_with(rule: Rule) -> dict[str, str]:
    """By parameter the text of the bound operand that it is first compared with."""
    found: dict[str, str] = {}
    for left, right in _pairs(rule):
        if isinstance(right, Parameter):
            found.setdefault(right.name, text_of(bound(left, rule.parameters)))
    return {limit.parameter: text_of(limit.left) for limit in inner_limits(rule)} | found


def bound_text(node: Node, parameters: Mapping[str, AnyValue]) -> str:
    """The text of a node with its parameters' values; empty where one of them is unknown."""
    try:
        return text_of(bound(node, parameters))
    except KeyError:
        return ""


def _pairs(rule: Rule) -> Iterator[tuple[Operand, Operand]]:
    for root in (rule.condition, *rule.measures):
        for node in _nodes(root):
            if isinstance(node, Compare):
                yield node.left, node.right
            elif isinstance(node, Between):
                yield node.operand, node.low
                yield node.operand, node.high


def _nodes(root: Node) -> Iterator[Node]:
    """Every node once; a measure's definition is walked where it is defined, not where it is named."""
    if isinstance(root, Measure):
        yield from _nodes(root.operand)
        return
    inside = [node for node in walk(root) if isinstance(node, Measure)]
    hidden = {id(part) for measure in inside for part in walk(measure.operand)}
    yield from (node for node in walk(root) if id(node) not in hidden)


def with_limit(condition: Condition, path: str, *, holds: bool) -> Condition:
    """The condition as it is where the comparison at `path` holds, or does not, whatever the row."""
    return _replaced(condition, "/rule", path, Compare(Constant(0.0), "<=" if holds else ">", Constant(0.0)))


def with_value(condition: Condition, limit: Limit, value: float) -> Condition:
    """The condition with another value of the limit."""
    return _replaced(condition, "/rule", limit.path, Compare(limit.left, limit.op, Constant(value)))


def _replaced(node: Condition, here: str, path: str, instead: Condition) -> Condition:
    if here == path:
        return instead
    if isinstance(node, All | Any):
        word = "all" if isinstance(node, All) else "any"
        parts = (_replaced(part, f"{here}/{word}/{place}", path, instead) for place, part in enumerate(node.parts))
        return type(node)(tuple(parts))
    return node


def _leaves(node: Condition, path: str, *, is_required: bool = True) -> Iterator[tuple[str, Condition, bool]]:
    if isinstance(node, All | Any):
        word, needed = ("all", is_required) if isinstance(node, All) else ("any", False)
        for index, part in enumerate(node.parts):
            yield from _leaves(part, f"{path}/{word}/{index}", is_required=needed)
    else:
        yield path, node, is_required
