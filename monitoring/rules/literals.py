"""A tree back to JSON: what is stored, and what a text is read into."""

from typing import Any as AnyValue

from monitoring.rules.lists import LIST_KEY
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    Constant,
    FieldRef,
    Function,
    HasHit,
    InList,
    Listed,
    Measure,
    Members,
    Missing,
    Moment,
    Network,
    Node,
    Not,
    Parameter,
    TextTest,
)


def data_of(node: Node | Members | Listed) -> AnyValue:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    """The node as JSON; reading it again gives an equal node."""
    match node:
        case FieldRef(name) | Measure(name):
            return name
        case Parameter(name):
            return f"${name}"
        case Constant(value):
            return {"text": value} if isinstance(value, str) else _plain(value)
        case Moment(text):
            return {"date": text}
        case Members(values):
            return list(values)
        case Listed(of):
            return {LIST_KEY: of.name}
        case Aggregate():
            return {node.function: _aggregate(node)}
        case Network():
            return {node.shape: _network(node)}
        case Arithmetic(op, left, right):
            return {op: [data_of(left), data_of(right)]}
        case Function(name, arguments):
            return {name: [data_of(item) for item in arguments]}
        case Compare(left, op, right):
            return {"compare": [data_of(left), op, data_of(right)]}
        case Between(operand, low, high):
            return {"between": [data_of(operand), data_of(low), data_of(high)]}
        case InList(operand, members):
            return {"in_list": [data_of(operand), data_of(members)]}
        case TextTest(test, operand, members):
            return {test: [data_of(operand), data_of(members)]}
        case Missing(operand):
            return {"is_missing": data_of(operand)}
        case HasHit(topic, score):
            return {"has_hit": {"topic": topic, "score": data_of(score)}}
        case All(parts):
            return {"all": [data_of(part) for part in parts]}
        case Any(parts):
            return {"any": [data_of(part) for part in parts]}
        case Not(part):
            return {"not": data_of(part)}


def _plain(value: float) -> float:
    return int(value) if value.is_integer() else value


def _network(node: Network) -> dict[str, AnyValue]:
    told: dict[str, AnyValue] = {"window": node.window} | ({"hops": node.hops} if node.hops else {})
    told |= {"low": _plain(node.low), "high": _plain(node.high)}
    return told | ({"least": _plain(node.least)} if node.least else {})


def _aggregate(node: Aggregate) -> dict[str, AnyValue]:
    told: dict[str, AnyValue] = {"of": node.of, "window": node.window, "by": node.by, "among": node.among}
    told = {name: value for name, value in told.items() if value}
    if node.where is not None:
        told["where"] = data_of(node.where)
    if node.percent:
        told["percent"] = _plain(node.percent)
    return told | {name: True for name in ("exclude_current", "ahead") if getattr(node, name)}
