"""From JSON or YAML to a checked rule, or every fault with its path, a code, what is wrong and what instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any as AnyValue

from core.words import said
from monitoring.domains.base import Domain
from monitoring.rules.conditions import ConditionReader
from monitoring.rules.faults import RuleInvalid, suggestion_for
from monitoring.rules.lists import Lists
from monitoring.rules.operands import OperandReader, kind_of_value
from monitoring.rules.plausible import MOST_COST, cost_of, implausible
from monitoring.rules.tree import Condition, Measure, walk

_MOST_NODES = 200


@dataclass(frozen=True)
class Rule:
    """A checked rule with its parameters' values; `measures` by name, in the order they were defined."""

    domain: Domain
    condition: Condition
    parameters: Mapping[str, AnyValue] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    min_history_days: int = 0


def checked_rule(
    data: AnyValue, domain: Domain, parameters: Mapping[str, AnyValue], *,
    measures: Mapping[str, AnyValue] | None = None, sentence: str = "", extra_names: Sequence[str] = (),
    min_history_days: int = 0, lists: Lists | None = None,
) -> Rule:  # fmt: skip
    """The rule in `data`; raises RuleInvalid with every fault.

    A measure may use others, in whatever order they come: a database need not keep the order of keys. `sentence` may name
    fields, measures, parameters and `extra_names`; `lists` are the named lists that the rule may look into.
    """
    reader = reader_with(domain, parameters, measures or {}, lists)
    condition = reader.condition(data, "/rule", 0)
    if sum(1 for _ in walk(condition)) > _MOST_NODES:
        reader.fault(
            "/rule", "too_large", said("has more than {most_nodes} parts", most_nodes=_MOST_NODES), "split the scenario"
        )
    _check_sentence(sentence, reader, extra_names)
    if not reader.faults:
        _check_plausible(condition, reader)
    if reader.faults:
        raise RuleInvalid(reader.faults)
    named = tuple(measure for measure, _ in reader.measures.values())
    return Rule(domain, condition, parameters, named, min_history_days)


def reader_with(
    domain: Domain, parameters: Mapping[str, AnyValue], measures: Mapping[str, AnyValue], lists: Lists | None = None
) -> ConditionReader:
    """A reader that knows parameters, measures and lists; what is wrong with them is among its faults."""
    reader = ConditionReader(domain, parameters, lists=lists or {})
    for name, value in parameters.items():
        if kind_of_value(value) is None:
            reader.fault(f"/parameters/{name}", "bad_value", "is no value", "a number, a text or a list of texts")
    for name, operand in _ordered(measures):
        if name in domain.fields or name in parameters:
            reader.fault(
                f"/measures/{name}", "name_taken", said("`{name}` is a field or a parameter", name=name), "another name"
            )
        read, kind = reader.operand(operand, f"/measures/{name}")
        reader.measures[name] = Measure(name, read), kind
    return reader


def _ordered(measures: Mapping[str, AnyValue]) -> list[tuple[str, AnyValue]]:
    """The measures with those that one uses before it; of a circle the rest as they come, for the reader to refuse."""
    waiting, ordered = dict(measures), list[tuple[str, AnyValue]]()
    while waiting:
        ready = [name for name, data in waiting.items() if not _texts(data) & (waiting.keys() - {name})]
        ordered += [(name, waiting.pop(name)) for name in ready or list(waiting)]
    return ordered


def _texts(data: AnyValue) -> set[str]:
    """Every text in the data: the names it may use."""
    if isinstance(data, str):
        return {data}
    inside = data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ()
    return {text for item in inside for text in _texts(item)}


def _check_plausible(condition: Condition, reader: OperandReader) -> None:
    cost = cost_of(condition, *(measure for measure, _ in reader.measures.values()))
    if cost > MOST_COST:
        told = f"costs {cost} of at most {MOST_COST}: each different aggregate counts"
        reader.fault("/rule", "too_costly", told, "fewer different windows, or two scenarios")
    for path, code, message in implausible(condition, reader.parameters):
        reader.fault(path, code, message, "compare with another value")


def _check_sentence(sentence: str, reader: OperandReader, extra_names: Sequence[str]) -> None:
    """Only plain names: a template must not reach into what it shows."""
    allowed = (*reader.domain.fields, reader.domain.time, *reader.measures, *reader.parameters, *extra_names)
    try:
        names = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        reader.fault(
            "/sentence",
            "bad_sentence",
            said("cannot be read: {error}", error=error),
            "double a brace that is meant as text",
        )
        return
    for name in names:
        if name not in allowed:
            reader.fault(
                "/sentence",
                "unknown_name",
                said("`{name}` is not a name here", name=name),
                suggestion_for(name, allowed),
            )
