"""A stored trace in the field's words, with real values, and what would have had to be otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any as AnyValue

from core.words import said, with_english
from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.comparisons import required_paths
from monitoring.rules.phrases import WORDS, condition_phrase, figure, phrase_of
from monitoring.rules.trace import Trace, TracedNode, nodes_of
from monitoring.rules.tree import Aggregate, All, Any, Compare, Condition, Constant, Not, Operand
from monitoring.rules.words import text_of

_COUNTED = frozenset({"count", "distinct"})
_ORDERED = frozenset({">=", ">", "<=", "<"})
_MOST = 2


@dataclass(frozen=True)
class Told:
    """A condition of a trace in words; `holds` is None where a value was missing."""

    depth: int
    holds: bool | None
    sentence: str


@dataclass(frozen=True)
class RuleLine:
    """A condition of a rule: in words with the parameters' values, and as it is written. `kind` joins those below it."""

    depth: int
    kind: str
    sentence: str
    text: str


def rule_lines(rule: Rule) -> list[RuleLine]:
    """The rule's tree, a line a node: what it looks for, for people who do not write rules."""
    return [
        RuleLine(
            depth,
            type(node).__name__,
            _capital(condition_phrase(bound(node, rule.parameters), rule.domain)),
            text_of(node),
        )
        for _, depth, node in nodes_of(rule.condition)
    ]


def told_trace(rule: Rule, trace: Trace) -> list[Told]:
    """Every condition that compares something; a trace of another rule tells nothing."""
    return [
        Told(node["depth"], node["holds"], _sentence(rule, condition, node))
        for condition, node in _paired(rule, trace)
        if not isinstance(condition, All | Any | Not)
    ]


def counterfactuals(rule: Rule, trace: Trace) -> list[str]:
    """What, alone, would have kept the rule from firing: the nearest limits first, those of aggregates before others."""
    needed = required_paths(rule)
    found = []
    for condition, node in _paired(rule, trace):
        if node["path"] not in needed or not isinstance(condition, Compare) or condition.op not in _ORDERED:
            continue
        value, limit = (_value(side, rule, node) for side in (condition.left, condition.right))
        if node["holds"] and isinstance(value, int | float) and isinstance(limit, int | float):
            left = bound(condition.left, rule.parameters)
            far = abs(value - limit) / max(abs(limit), 1)
            found.append(
                (not isinstance(left, Aggregate), far, _otherwise(left, condition.op, float(value), float(limit), rule))
            )
    return [sentence for _, _, sentence in sorted(found)[:_MOST]]


def _paired(rule: Rule, trace: Trace) -> list[tuple[Condition, TracedNode]]:
    by_path = {path: condition for path, _, condition in nodes_of(rule.condition)}
    return [(by_path[node["path"]], node) for node in trace if node["path"] in by_path]


def _sentence(rule: Rule, condition: Condition, node: TracedNode) -> str:
    if not isinstance(condition, Compare):
        return _with_values(condition_phrase(bound(condition, rule.parameters), rule.domain), node)
    left, right = bound(condition.left, rule.parameters), bound(condition.right, rule.parameters)
    value = _value(condition.left, rule, node)
    limit = _value(condition.right, rule, node)
    told = _said(left, value, rule)
    if isinstance(limit, int | float) and not isinstance(right, Constant):
        return said(
            "{told} (threshold: {test} {limit}, {name})", told=told, test=WORDS[condition.op], limit=figure(limit),
            name=phrase_of(condition.right, rule.domain),
        )  # fmt: skip
    return said("{told} (threshold: {test} {limit})", told=told, test=WORDS[condition.op], limit=_shown(limit))


def _said(left: Operand, value: AnyValue, rule: Rule) -> str:
    if isinstance(left, Aggregate) and left.function in _COUNTED and value is not None:
        return said("{value} {what}", value=_shown(value), what=phrase_of(left, rule.domain))
    return said("{what}: {value}", what=_capital(phrase_of(left, rule.domain)), value=_shown(value))


def _otherwise(left: Operand, op: str, value: float, limit: float, rule: Rule) -> str:
    phrase, is_count = phrase_of(left, rule.domain), isinstance(left, Aggregate) and left.function in _COUNTED
    shown = figure(limit - 1 if is_count and op == ">=" else limit)
    bounds = _of_count(shown) if is_count else _of_value(shown)
    if is_count:
        return said(
            "It would not have fired with {bound} {phrase}; there were {value}.",
            bound=bounds[op],
            phrase=phrase,
            value=figure(value),
        )
    return said(
        "It would not have fired with {phrase} {bound}; it was {value}.",
        phrase=phrase,
        bound=bounds[op],
        value=figure(value),
    )


def _of_count(limit: str) -> dict[str, str]:
    most = said("at most {limit}", limit=limit)
    return {
        ">=": most,
        ">": most,
        "<=": said("more than {limit}", limit=limit),
        "<": said("{limit} or more", limit=limit),
    }


def _of_value(limit: str) -> dict[str, str]:
    return {
        ">=": said("below {limit}", limit=limit), ">": said("of at most {limit}", limit=limit),
        "<=": said("above {limit}", limit=limit), "<": said("of {limit} or more", limit=limit),
    }  # fmt: skip


def _value(side: Operand, rule: Rule, node: TracedNode) -> AnyValue:
    values: Mapping[str, AnyValue] = dict(node["values"])
    text = text_of(side)
    if text in values:
        return values[text]
    constant = bound(side, rule.parameters)
    return constant.value if isinstance(constant, Constant) else None


def _with_values(phrase: str, node: TracedNode) -> str:
    shown = [_shown(value) for text, value in node["values"] if not text.startswith("$")]
    return said("{what}: {value}", what=_capital(phrase), value=", ".join(shown)) if shown else _capital(phrase)


def _shown(value: AnyValue) -> str:
    return said("unknown") if value is None else figure(float(value)) if isinstance(value, int | float) else str(value)


def _capital(text: str) -> str:
    return with_english(text, text[:1].upper() + text[1:])
