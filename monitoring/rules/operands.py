"""Reading operands: numbers, `$parameter`, fields and measures by name, texts, dates, aggregates, functions, shapes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any as AnyValue

from monitoring.domains.base import NUMERIC, Domain, Kind
from monitoring.rules.faults import RuleFault, suggestion_for
from monitoring.rules.functions import (
    AGGREGATES,
    ALL_NAMES,
    ARITHMETIC,
    COUNTING_VALUES,
    FUNCTIONS,
    LEAST_HOPS,
    MOST_HOPS,
    NETWORKS,
    OF_NUMBERS,
    OF_PAYMENTS,
    SHAPES,
    SORTED,
    UNWINDOWED,
    shape,
)
from monitoring.rules.lists import Lists
from monitoring.rules.tree import (
    Aggregate,
    Arithmetic,
    Condition,
    Constant,
    FieldRef,
    Function,
    Measure,
    Moment,
    Network,
    Operand,
    Parameter,
)

WINDOW = re.compile(r"([1-9]\d{0,3})(m|h|d)")
_PER_DAY = {"m": 1440, "h": 24, "d": 1}
_KEYS = ("of", "where", "window", "by", "exclude_current", "among", "ahead", "percent")
_NETWORK_KEYS = ("window", "hops", "low", "high", "least")
_DEEPEST = 8
Typed = tuple[Operand, Kind | None]
_BROKEN: Typed = (Constant(0.0), None)


@dataclass
class OperandReader:
    """Reads operands of one scenario and gathers faults. A type is None where it could not be told."""

    domain: Domain
    parameters: Mapping[str, AnyValue]
    measures: dict[str, tuple[Measure, Kind | None]] = field(default_factory=dict)
    faults: list[RuleFault] = field(default_factory=list)
    lists: Lists = field(default_factory=dict)

    def fault(self, path: str, code: str, message: str, suggestion: str = "") -> None:
        self.faults.append(RuleFault(path or "/", code, message, suggestion))

    def condition(self, data: AnyValue, path: str, depth: int) -> Condition:
        """The condition in `data`; the reader of conditions says how."""
        raise TypeError(f"{type(self).__name__} does not read conditions")

    def operand(self, data: AnyValue, path: str, depth: int = 0) -> Typed:
        """The operand in `data` with its type; a stand-in with a fault where it is none."""
        if is_number(data):
            return Constant(float(data)), Kind.NUMBER
        if isinstance(data, str):
            return self._named(data, path)
        if depth <= _DEEPEST and isinstance(data, Mapping) and len(data) == 1:
            ((key, value),) = data.items()
            return self._called(str(key), value, path, depth + 1)
        self.fault(path, "not_an_operand", "is no operand", "a number, $parameter, a field, {text: …} or an aggregate")
        return _BROKEN

    def _called(self, key: str, value: AnyValue, path: str, depth: int) -> Typed:  # noqa: PLR0911 - one case a form
        where = f"{path}/{key}"
        match value:
            case _ if key == "text":
                return Constant(str(value)), Kind.TEXT
            case _ if key == "date":
                return self._moment(str(value), where)
            case [_, _] if key in ARITHMETIC:
                return self._arithmetic(key, value, where, depth)
            case [*_] if key in FUNCTIONS:
                return self._function(key, value, where, depth)
            case Mapping() if key in AGGREGATES:
                return self._aggregate(key, value, where, depth)
            case Mapping() if key in NETWORKS:
                return self._network(key, value, where)
            case Mapping() if key in SHAPES and (meant := shape(key, value, self.domain.payments)) is not None:
                return self.operand(meant, where, depth)
        if key in OF_PAYMENTS and self.domain.payments is None:
            self.fault(path, "no_payments", f"`{key}` needs payments between accounts", "not in this domain")
        elif key in ALL_NAMES:
            self.fault(path, "bad_form", f"`{key}` is not in its form", _FORMS.get(key, "see docs/guide/monitoring.md"))
        else:
            self.fault(path, "unknown_function", f"`{key}` is no function", suggestion_for(key, ALL_NAMES))
        return _BROKEN

    def _moment(self, text: str, path: str) -> Typed:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            self.fault(path, "not_a_date", f"`{text}` is no date", "such as 2026-01-31 or 2026-01-31T08:00")
            return _BROKEN
        return Moment(text), Kind.TIME

    def _named(self, name: str, path: str) -> Typed:
        if name.startswith("$"):
            if name[1:] not in self.parameters:
                told = suggestion_for(name[1:], self.parameters)
                self.fault(path, "unknown_parameter", f"`{name}` is not a parameter", told)
                return Parameter(name[1:]), None
            return Parameter(name[1:]), kind_of_value(self.parameters[name[1:]])
        if name in self.measures:
            return self.measures[name]
        kind = self.domain.kind_of(name)
        if kind is None:
            told = suggestion_for(name, (*self.domain.fields, *self.measures))
            self.fault(path, "unknown_field", f"`{name}` is not a field", told)
        return FieldRef(name), kind

    def _arithmetic(self, op: str, value: list[AnyValue], path: str, depth: int) -> Typed:
        sides = [self.operand(side, f"{path}/{index}", depth) for index, side in enumerate(value)]
        for index, (_, kind) in enumerate(sides):
            if kind is not None and kind not in NUMERIC:
                self.fault(f"{path}/{index}", "not_numeric", f"computes with {kind}", "a number or money")
        (left, first), (right, second) = sides
        per = op == "/" and first == second
        kind = Kind.MONEY if Kind.MONEY in {first, second} and not per else Kind.NUMBER
        return Arithmetic(op, left, right), kind

    def _function(self, name: str, value: list[AnyValue], path: str, depth: int) -> Typed:
        wanted, result = FUNCTIONS[name]
        typed = [self.operand(item, f"{path}/{index}", depth) for index, item in enumerate(value)]
        if len(typed) != len(wanted):
            self.fault(path, "bad_form", f"`{name}` takes {len(wanted)} operands", f"{name}: [{', '.join(wanted)}]")
        for index, ((_, kind), right) in enumerate(zip(typed, wanted, strict=False)):
            if kind is not None and kind != right and not {kind, right} <= NUMERIC:
                self.fault(f"{path}/{index}", "wrong_type", f"`{name}` takes {right}, not {kind}")
        return Function(name, tuple(operand for operand, _ in typed)), result

    def _network(self, name: str, value: Mapping[str, AnyValue], path: str) -> Typed:
        if self.domain.payments is None:
            self.fault(path, "no_payments", f"`{name}` needs payments between accounts", "not in this domain")
        self._only_keys(value, _NETWORK_KEYS, path)
        hops = value.get("hops", 0 if name == "scatter_gather" else 5)
        if not is_number(hops) or (hops and not LEAST_HOPS <= hops <= MOST_HOPS):
            self.fault(f"{path}/hops", "bad_hops", f"`{hops}` is no length", f"{LEAST_HOPS} to {MOST_HOPS}")
            hops = 0
        window = self._window(name, str(value.get("window", "")), f"{path}/window")
        told = {key: value[key] for key in ("low", "high", "least") if key in value}
        for key, number in told.items():
            if not is_number(number) or number < 0:
                self.fault(f"{path}/{key}", "not_numeric", f"`{number}` is no share or amount", "such as 0.8")
                return _BROKEN
        made = Network(name, window, int(hops), **{key: float(number) for key, number in told.items()})
        if not 0 < made.low <= 1 <= made.high:
            self.fault(path, "bad_share", f"{made.low} to {made.high} times is no range about 1", "low: 0.8, high: 1.1")
        return made, Kind.NUMBER

    def _aggregate(self, function: str, value: Mapping[str, AnyValue], path: str, depth: int) -> Typed:
        self._only_keys(value, _KEYS, path)
        window = self._window(function, str(value.get("window", "")), f"{path}/window")
        of, kind = self._of(function, value.get("of"), f"{path}/of")
        by, among = (self._key(value.get(name), f"{path}/{name}") for name in ("by", "among"))
        if by and among:
            self.fault(f"{path}/among", "needless_key", "`among` and `by` exclude each other", "leave one out")
        where = self.condition(value["where"], f"{path}/where", depth) if value.get("where") else None
        excludes, ahead = (
            self._flag(value.get(name, False), f"{path}/{name}") for name in ("exclude_current", "ahead")
        )
        if ahead and not self.domain.is_reviewed_whole:
            self.fault(f"{path}/ahead", "looks_ahead", "looks at rows that are not there yet", "leave `ahead` out")
        if function == "alike" and (not among or not self.domain.is_reviewed_whole or by or excludes):
            self.fault(
                path, "bad_form", "`alike` compares whole records", "alike: {of: value, among: step, window: 400d}"
            )
        if ahead and (function in UNWINDOWED or function in SORTED or function == "alike"):
            self.fault(f"{path}/ahead", "looks_ahead", f"`{function}` does not look ahead", "leave `ahead` out")
        percent = value.get("percent", 0)
        if function == "percentile" and not (is_number(percent) and 0 < percent < 100):  # noqa: PLR2004
            self.fault(f"{path}/percent", "bad_percent", f"`{percent}` is no percentile", "such as 99")
            percent = 0
        return Aggregate(function, of, window, where, by, excludes, among, ahead, float(percent)), kind

    def _only_keys(self, value: Mapping[str, AnyValue], allowed: tuple[str, ...], path: str) -> None:
        for key in value:
            if key not in allowed:
                self.fault(
                    f"{path}/{key}", "unknown_key", f"`{key}` is no part of it", suggestion_for(str(key), allowed)
                )

    def _flag(self, value: AnyValue, path: str) -> bool:
        if not isinstance(value, bool):
            self.fault(path, "not_a_boolean", "is neither true nor false", "true or false")
        return bool(value)

    def _key(self, value: AnyValue, path: str) -> str:
        name = str(value or "")
        if name and name not in self.domain.fields and name != self.domain.subject:
            self.fault(path, "unknown_field", f"`{name}` is not a field", suggestion_for(name, self.domain.fields))
        return name

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
        if function in {"count", "time_since_previous", "time_since_first"}:
            if of is not None:
                self.fault(path, "needless_field", f"`{function}` counts rows, not a field", "leave `of` out")
            return "", Kind.NUMBER
        wanted = NUMERIC if function in OF_NUMBERS else None
        allowed = self.domain.names(wanted)
        kind = self.domain.kind_of(str(of))
        if kind is None:
            self.fault(path, "unknown_field", f"`{of or ''}` is not a field", suggestion_for(str(of or ""), allowed))
            return str(of), None
        if wanted and kind not in wanted:
            self.fault(path, "not_numeric", f"`{of}` is {kind}", suggestion_for(str(of), allowed))
            return str(of), None
        return str(of), Kind.NUMBER if function in COUNTING_VALUES else kind


_FORMS = {
    "ratio": "{where: …, window: 7d}", "zscore": "{of: amount, window: 90d}", "first_seen": "{of: a field}",
    **dict.fromkeys(ARITHMETIC, "[a, b]"), **dict.fromkeys((*NETWORKS, *OF_PAYMENTS), "{window: 7d}"),
    **dict.fromkeys(FUNCTIONS, "[an operand]"),
}  # fmt: skip


def is_number(value: AnyValue) -> bool:
    """A finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def kind_of_value(value: AnyValue) -> Kind | None:
    """The type of a parameter's value; None where it can be none."""
    if isinstance(value, list | tuple):
        return Kind.LIST if value and all(isinstance(item, str) for item in value) else None
    return Kind.TEXT if isinstance(value, str) else Kind.NUMBER if is_number(value) else None
