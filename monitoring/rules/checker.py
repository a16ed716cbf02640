"""From JSON or YAML to a checked rule, or every fault with its path, a code, what is wrong and what instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any as AnyValue

from monitoring.domains.base import NUMERIC, Domain, Kind
from monitoring.rules.faults import RuleInvalid, suggestion_for
from monitoring.rules.operands import OperandReader, kind_of_value
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Between,
    Compare,
    Condition,
    FieldRef,
    InList,
    Measure,
    Members,
    Not,
    Operand,
    Parameter,
    walk,
)

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
_FORMS = ("all", "any", "not", "compare", "between", "in_list")
_DEEPEST = 8
_MOST_NODES = 200
_BROKEN = All(())


@dataclass(frozen=True)
class Rule:
    """A checked rule with its parameters' values; `measures` by name, in the order they were defined."""

    domain: Domain
    condition: Condition
    parameters: Mapping[str, AnyValue] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    min_history_days: int = 0


class _RuleReader(OperandReader):
    def condition(self, data: AnyValue, path: str, depth: int) -> Condition:  # noqa: PLR0911 - one case a form
        """The condition in `data`; a stand-in with a fault where it is none."""
        if not isinstance(data, Mapping) or len(data) != 1:
            self.fault(path, "not_a_condition", "a condition has exactly one key", ", ".join(_FORMS))
            return _BROKEN
        ((key, value),) = data.items()
        where = f"{path}/{key}"
        if depth > _DEEPEST:
            self.fault(where, "too_deep", f"conditions nest at most {_DEEPEST} deep", "split the rule")
            return _BROKEN
        match key, value:
            case (("all" | "any"), [_, *_]):
                parts = tuple(self.condition(item, f"{where}/{index}", depth + 1) for index, item in enumerate(value))
                return All(parts) if key == "all" else Any(parts)
            case "not", _:
                return Not(self.condition(value, where, depth + 1))
            case "compare", [left, str(op), right]:
                return self._compare(left, op, right, where, depth)
            case "between", [_, _, _]:
                return self._between(value, where, depth)
            case "in_list", [operand, members]:
                return self._in_list(operand, members, where, depth)
        known = key in _FORMS
        told = f"`{key}` is not in its form" if known else f"`{key}` is no condition"
        forms = {"compare": "[a, op, b]", "between": "[a, low, high]", "in_list": "[field, list]"}
        said = forms.get(str(key), "a list of conditions") if known else suggestion_for(str(key), _FORMS)
        self.fault(where, "bad_form" if known else "unknown_condition", told, said)
        return _BROKEN

    def _compare(self, left: AnyValue, op: str, right: AnyValue, path: str, depth: int) -> Condition:
        first, kind = self.operand(left, f"{path}/0", depth)
        second, other = self.operand(right, f"{path}/2", depth)
        if op not in COMPARISONS:
            self.fault(f"{path}/1", "unknown_comparison", f"`{op}` is no comparison", ", ".join(COMPARISONS))
        self._alike(path, kind, other)
        if kind == other == Kind.TEXT and op not in {"==", "!="}:
            self.fault(f"{path}/1", "text_has_no_order", f"`{op}` compares sizes, a text has none", "== or !=")
        self._varies(path, first, second)
        return Compare(first, op, second)

    def _between(self, value: list[AnyValue], path: str, depth: int) -> Condition:
        typed = [self.operand(item, f"{path}/{index}", depth) for index, item in enumerate(value)]
        for index, (_, kind) in enumerate(typed):
            if kind is not None and kind not in NUMERIC:
                self.fault(f"{path}/{index}", "not_numeric", f"`between` takes numbers, not {kind}")
        operand, low, high = (part for part, _ in typed)
        self._varies(path, operand, low, high)
        return Between(operand, low, high)

    def _in_list(self, operand: AnyValue, members: AnyValue, path: str, depth: int) -> Condition:
        first, kind = self.operand(operand, f"{path}/0", depth)
        if kind not in {Kind.TEXT, None}:
            self.fault(f"{path}/0", "not_a_text", f"looks for {kind} in a list of texts", "a field with text")
        if isinstance(members, list) and members and all(isinstance(item, str) for item in members):
            return InList(first, Members(tuple(members)))
        listed, kind = self.operand(members, f"{path}/1", depth)
        if not isinstance(listed, Parameter) or kind not in {Kind.LIST, None}:
            self.fault(f"{path}/1", "not_a_list", "is no list", "[a, b] or a parameter that is a list")
            return InList(first, Members(()))
        return InList(first, listed)

    def _alike(self, path: str, kind: Kind | None, other: Kind | None) -> None:
        if kind is None or other is None or kind == other != Kind.LIST or {kind, other} <= NUMERIC:
            return
        self.fault(path, "types_differ", f"compares {kind} with {other}", "two sides of one type")

    def _varies(self, path: str, *operands: Operand) -> None:
        """A comparison without a field or an aggregate has the same answer for every row."""
        if not self.faults and not any(isinstance(node, FieldRef | Aggregate) for o in operands for node in walk(o)):
            self.fault(path, "always_the_same", "is the same for every row", "compare a field or an aggregate")


def checked_rule(
    data: AnyValue, domain: Domain, parameters: Mapping[str, AnyValue], *,
    measures: Mapping[str, AnyValue] | None = None, sentence: str = "", extra_names: Sequence[str] = (),
    min_history_days: int = 0,
) -> Rule:  # fmt: skip
    """The rule in `data`; raises RuleInvalid with every fault.

    A measure may use those defined before it. `sentence` may name fields, measures, parameters and `extra_names`.
    """
    reader = _RuleReader(domain, parameters)
    for name, value in parameters.items():
        if kind_of_value(value) is None:
            reader.fault(f"/parameters/{name}", "bad_value", "is no value", "a number, a text or a list of texts")
    for name, operand in (measures or {}).items():
        if name in domain.fields or name in parameters:
            reader.fault(f"/measures/{name}", "name_taken", f"`{name}` is a field or a parameter", "another name")
        read, kind = reader.operand(operand, f"/measures/{name}")
        reader.measures[name] = Measure(name, read), kind
    condition = reader.condition(data, "/rule", 0)
    if sum(1 for _ in walk(condition)) > _MOST_NODES:
        reader.fault("/rule", "too_large", f"has more than {_MOST_NODES} parts", "split the scenario")
    _check_sentence(sentence, reader, extra_names)
    if reader.faults:
        raise RuleInvalid(reader.faults)
    named = tuple(measure for measure, _ in reader.measures.values())
    return Rule(domain, condition, parameters, named, min_history_days)


def _check_sentence(sentence: str, reader: OperandReader, extra_names: Sequence[str]) -> None:
    """Only plain names: a template must not reach into what it shows."""
    allowed = (*reader.domain.fields, *reader.measures, *reader.parameters, *extra_names)
    try:
        names = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        reader.fault("/sentence", "bad_sentence", f"cannot be read: {error}", "double a brace that is meant as text")
        return
    for name in names:
        if name not in allowed:
            reader.fault("/sentence", "unknown_name", f"`{name}` is not a name here", suggestion_for(name, allowed))
