"""Reading operands: a number, `$parameter`, a field or measure by name, `{text: …}`, an aggregate, arithmetic."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any as AnyValue

from monitoring.domains.base import NUMERIC, Domain, Kind
from monitoring.rules.faults import RuleFault, suggestion_for
from monitoring.rules.tree import Aggregate, Arithmetic, Condition, Constant, FieldRef, Measure, Operand, Parameter

FUNCTIONS = ("count", "sum", "mean", "min", "max", "distinct", "time_since_previous", "time_since_first")
UNWINDOWED = frozenset({"time_since_previous", "time_since_first"})
ARITHMETIC = ("+", "-", "*", "/", "least", "greatest")
WINDOW = re.compile(r"([1-9]\d{0,3})(m|h|d)")
_PER_DAY = {"m": 1440, "h": 24, "d": 1}
_KEYS = ("of", "where", "window", "by", "exclude_current")
_DEEPEST = 8
Typed = tuple[Operand, Kind | None]


@dataclass
class OperandReader:
    """Reads operands of one scenario and gathers faults. A type is None where it could not be told."""

    domain: Domain
    parameters: Mapping[str, AnyValue]
    measures: dict[str, tuple[Measure, Kind | None]] = field(default_factory=dict)
    faults: list[RuleFault] = field(default_factory=list)

    def fault(self, path: str, code: str, message: str, suggestion: str = "") -> None:
        self.faults.append(RuleFault(path or "/", code, message, suggestion))

    def condition(self, data: AnyValue, path: str, depth: int) -> Condition:
        """The condition in `data`; the reader of conditions says how."""
        raise TypeError(f"{type(self).__name__} does not read conditions")

    def operand(self, data: AnyValue, path: str, depth: int = 0) -> Typed:  # noqa: PLR0911 - one case a form
        """The operand in `data` with its type; a stand-in with a fault where it is none."""
        if is_number(data):
            return Constant(float(data)), Kind.NUMBER
        if isinstance(data, str):
            return self._named(data, path)
        if depth <= _DEEPEST and isinstance(data, Mapping) and len(data) == 1:
            ((key, value),) = data.items()
            if key == "text":
                return Constant(str(value)), Kind.TEXT
            if key in FUNCTIONS and isinstance(value, Mapping):
                return self._aggregate(str(key), value, f"{path}/{key}", depth + 1)
            if key in ARITHMETIC and isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - two sides
                return self._arithmetic(str(key), value, f"{path}/{key}", depth + 1)
            self.fault(path, "unknown_function", f"`{key}` is no function of this form",
                       suggestion_for(str(key), (*FUNCTIONS, *ARITHMETIC, "text")))  # fmt: skip
            return Constant(0.0), None
        self.fault(path, "not_an_operand", "is no operand", "a number, $parameter, a field, {text: …} or an aggregate")
        return Constant(0.0), None

    def _named(self, name: str, path: str) -> Typed:
        if name.startswith("$"):
            if name[1:] not in self.parameters:
                told = suggestion_for(name[1:], self.parameters)
                self.fault(path, "unknown_parameter", f"`{name}` is not a parameter", told)
                return Parameter(name[1:]), None
            return Parameter(name[1:]), kind_of_value(self.parameters[name[1:]])
        if name in self.measures:
            return self.measures[name]
        if name not in self.domain.fields:
            told = suggestion_for(name, (*self.domain.fields, *self.measures))
            self.fault(path, "unknown_field", f"`{name}` is not a field", told)
            return FieldRef(name), None
        return FieldRef(name), self.domain.fields[name].kind

    def _arithmetic(self, op: str, value: list[AnyValue], path: str, depth: int) -> Typed:
        sides = [self.operand(side, f"{path}/{index}", depth) for index, side in enumerate(value)]
        for index, (_, kind) in enumerate(sides):
            if kind is not None and kind not in NUMERIC:
                self.fault(f"{path}/{index}", "not_numeric", f"computes with {kind}", "a number or money")
        (left, first), (right, second) = sides
        per = op == "/" and first == second
        kind = Kind.MONEY if Kind.MONEY in {first, second} and not per else Kind.NUMBER
        return Arithmetic(op, left, right), kind

    def _aggregate(self, function: str, value: Mapping[str, AnyValue], path: str, depth: int) -> Typed:
        for key in value:
            if key not in _KEYS:
                self.fault(f"{path}/{key}", "unknown_key", f"`{key}` is no part of an aggregate",
                           suggestion_for(str(key), _KEYS))  # fmt: skip
        window = self._window(function, str(value.get("window", "")), f"{path}/window")
        of, kind = self._of(function, value.get("of"), f"{path}/of")
        by = str(value.get("by", ""))
        if by and by not in self.domain.fields:
            told = suggestion_for(by, self.domain.fields)
            self.fault(f"{path}/by", "unknown_field", f"`{by}` is not a field", told)
        where = self.condition(value["where"], f"{path}/where", depth) if value.get("where") else None
        excludes = value.get("exclude_current", False)
        if not isinstance(excludes, bool):
            self.fault(f"{path}/exclude_current", "not_a_boolean", "is neither true nor false", "true or false")
        return Aggregate(function, of, window, where, by, bool(excludes)), kind

    def _window(self, function: str, window: str, path: str) -> str:
        if function in UNWINDOWED:
            if window:
                self.fault(path, "needless_window", f"`{function}` looks at all that is kept", "leave the window out")
            return ""
        named = window.startswith("$") and window[1:] in self.parameters
        length = str(self.parameters[window[1:]]) if named else window
        match = WINDOW.fullmatch(length)
        if match is None:
            self.fault(path, "bad_window", f"`{length}` is no window", "such as 30m, 24h, 7d")
        elif int(match[1]) / _PER_DAY[match[2]] > self.domain.kept_days:
            kept = self.domain.kept_days
            self.fault(path, "window_too_long", f"window {length} is longer than the {kept} d kept", f"{kept}d")
        return window

    def _of(self, function: str, of: AnyValue, path: str) -> tuple[str, Kind | None]:
        if function == "count" or function in UNWINDOWED:
            if of is not None:
                self.fault(path, "needless_field", f"`{function}` counts rows, not a field", "leave `of` out")
            return "", Kind.NUMBER
        wanted = None if function == "distinct" else NUMERIC
        allowed = self.domain.names(wanted)
        found = self.domain.fields.get(str(of))
        if found is None:
            self.fault(path, "unknown_field", f"`{of or ''}` is not a field", suggestion_for(str(of or ""), allowed))
            return str(of), None
        if wanted and found.kind not in wanted:
            self.fault(path, "not_numeric", f"`{of}` is {found.kind}", suggestion_for(str(of), allowed))
            return str(of), None
        return str(of), Kind.NUMBER if function == "distinct" else found.kind


def is_number(value: AnyValue) -> bool:
    """A finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def kind_of_value(value: AnyValue) -> Kind | None:
    """The type of a parameter's value; None where it can be none."""
    if isinstance(value, list | tuple):
        return Kind.LIST if value and all(isinstance(item, str) for item in value) else None
    return Kind.TEXT if isinstance(value, str) else Kind.NUMBER if is_number(value) else None
