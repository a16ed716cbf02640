"""From JSON or YAML to a checked tree, or every fault with its path, a code, what is wrong and what instead."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as AnyValue

from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Compare,
    Condition,
    Constant,
    FieldRef,
    InList,
    Not,
    Operand,
    Parameter,
)

NUMBER, TEXT, LIST = "number", "text", "list"
FUNCTIONS = ("count", "sum", "mean", "min", "max")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
ARITHMETIC = ("+", "-", "*", "/")
_WINDOW = re.compile(r"([1-9]\d{0,3})(m|h|d)")
_DAYS_KEPT = 400
_PER_DAY = {"m": 1440, "h": 24, "d": 1}
_DEEPEST = 8


@dataclass(frozen=True)
class RuleFault:
    """`path` is where in the rule (`/all/1/compare/0`)."""

    path: str
    code: str
    message: str
    suggestion: str


class RuleInvalid(Exception):
    """The rule has faults."""

    def __init__(self, faults: Sequence[RuleFault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


@dataclass
class _Checker:
    fields: Mapping[str, str]
    parameters: Mapping[str, AnyValue]
    faults: list[RuleFault] = field(default_factory=list)

    def fault(self, path: str, code: str, message: str, suggestion: str) -> None:
        self.faults.append(RuleFault(path or "/", code, message, suggestion))

    def condition(self, data: AnyValue, path: str, depth: int = 0) -> Condition:
        """The condition in `data`; a harmless stand-in with a fault where it is none."""
        broken = All(())
        if not isinstance(data, Mapping) or len(data) != 1:
            self.fault(path, "not_a_condition", "a condition has one key", "all, any, not, compare or in_list")
            return broken
        ((key, value),) = data.items()
        where = f"{path}/{key}"
        if depth > _DEEPEST:
            self.fault(where, "too_deep", f"conditions nest at most {_DEEPEST} deep", "split the rule")
            return broken
        if key in {"all", "any"} and isinstance(value, list) and value:
            parts = tuple(self.condition(item, f"{where}/{index}", depth + 1) for index, item in enumerate(value))
            return All(parts) if key == "all" else Any(parts)
        if key == "not":
            return Not(self.condition(value, where, depth + 1))
        if key == "compare" and isinstance(value, list) and len(value) == 3:  # noqa: PLR2004 - left, op, right
            return self._compare(value, where)
        if key == "in_list" and isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - field, parameter
            return self._in_list(value, where)
        self.fault(
            where, "unknown_condition", f"`{key}` is no condition of this form", "all, any, not, compare, in_list"
        )
        return broken

    def _compare(self, value: list[AnyValue], path: str) -> Condition:
        left, right = self.operand(value[0], f"{path}/0"), self.operand(value[2], f"{path}/2")
        op = str(value[1])
        if op not in COMPARISONS:
            self.fault(f"{path}/1", "unknown_comparison", f"`{op}` is no comparison", ", ".join(COMPARISONS))
        types = {self.type_of(left), self.type_of(right)}
        if len(types) > 1 and not self.faults:
            self.fault(path, "types_differ", f"compares {' with '.join(sorted(types))}", "two sides of one type")
        return Compare(left, op, right)

    def _in_list(self, value: list[AnyValue], path: str) -> Condition:
        name, operand = self.operand(value[0], f"{path}/0"), self.operand(value[1], f"{path}/1")
        if not isinstance(name, FieldRef) or not isinstance(operand, Parameter) or self.type_of(operand) != LIST:
            self.fault(path, "not_a_list", "`in_list` takes a field and a parameter that is a list", "[field, $list]")
            return All(())
        return InList(name, operand)

    def operand(self, data: AnyValue, path: str) -> Operand:
        """A number, `$parameter`, a field's name, `{text: …}`, an aggregate or an arithmetic term."""
        if isinstance(data, int | float) and not isinstance(data, bool):
            return Constant(float(data))
        if isinstance(data, str):
            return self._named(data, path)
        if isinstance(data, Mapping) and len(data) == 1:
            ((key, value),) = data.items()
            if key == "text":
                return Constant(str(value))
            if key in FUNCTIONS and isinstance(value, Mapping):
                return self._aggregate(str(key), value, f"{path}/{key}")
            if key in ARITHMETIC and isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - two sides
                return Arithmetic(
                    key, self.operand(value[0], f"{path}/{key}/0"), self.operand(value[1], f"{path}/{key}/1")
                )
        self.fault(path, "not_an_operand", "is no operand", "a number, $parameter, field, {text: …} or an aggregate")
        return Constant(0.0)

    def _named(self, name: str, path: str) -> Operand:
        if name.startswith("$"):
            if name[1:] not in self.parameters:
                self.fault(path, "unknown_parameter", f"`{name}` is no parameter", _near(name[1:], self.parameters))
            return Parameter(name[1:])
        if name not in self.fields:
            self.fault(path, "unknown_field", f"`{name}` is not a field", _near(name, self.fields))
        return FieldRef(name)

    def _aggregate(self, function: str, value: Mapping[str, AnyValue], path: str) -> Operand:
        unknown = [key for key in value if key not in {"of", "where", "window"}]
        if unknown:
            self.fault(path, "unknown_key", f"`{unknown[0]}` is no key of an aggregate", "of, where, window")
        window, of = str(value.get("window", "")), str(value.get("of", "amount"))
        match = _WINDOW.fullmatch(window)
        if match is None:
            self.fault(f"{path}/window", "bad_window", f"`{window}` is no window", "such as 24h, 7d")
        elif int(match[1]) / _PER_DAY[match[2]] > _DAYS_KEPT:
            self.fault(f"{path}/window", "window_too_long", f"{window} is longer than the {_DAYS_KEPT} d kept", "400d")
        if self.fields.get(of) != NUMBER:
            self.fault(f"{path}/of", "not_a_number", f"`{of}` is not a field with numbers", _near(of, self._numbers()))
        where = self.condition(value["where"], f"{path}/where") if value.get("where") else None
        return Aggregate(function, of, window, where)

    def _numbers(self) -> list[str]:
        return [name for name, kind in self.fields.items() if kind == NUMBER]

    def type_of(self, operand: Operand) -> str:
        """`number`, `text` or `list`."""
        if isinstance(operand, FieldRef):
            return self.fields.get(operand.name, NUMBER)
        if isinstance(operand, Constant):
            return TEXT if isinstance(operand.value, str) else NUMBER
        if isinstance(operand, Parameter):
            value = self.parameters.get(operand.name, 0)
            return LIST if isinstance(value, list) else TEXT if isinstance(value, str) else NUMBER
        return NUMBER


def checked_rule(data: AnyValue, fields: Mapping[str, str], parameters: Mapping[str, AnyValue]) -> Condition:
    """The tree in `data`; raises RuleInvalid with every fault. `fields` and their types come from the domain."""
    checker = _Checker(fields, parameters)
    condition = checker.condition(data, "")
    if checker.faults:
        raise RuleInvalid(checker.faults)
    return condition


def _near(word: str, allowed: "Mapping[str, AnyValue] | Sequence[str]") -> str:
    near = difflib.get_close_matches(word, list(allowed), n=1)
    return f"did you mean `{near[0]}`?" if near else f"one of {', '.join(allowed)}"
