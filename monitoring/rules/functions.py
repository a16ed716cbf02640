"""What rules can call: aggregates, functions of a row, and shapes, which are short for a tree of the others."""

from collections.abc import Mapping
from typing import Any as AnyValue

from monitoring.domains.base import Kind, PaymentFields

COUNTING = frozenset({"count"})
OF_NUMBERS = frozenset({"sum", "mean", "std", "min", "max", "median", "percentile", "benford"})
OF_ANYTHING = frozenset({"distinct", "previous", "first", "alike"})
COUNTING_VALUES = frozenset({"distinct", "benford", "alike"})
UNWINDOWED = frozenset({"time_since_previous", "time_since_first", "previous", "first"})
AGGREGATES = (
    "count", "sum", "mean", "std", "min", "max", "median", "percentile", "benford", "distinct", "previous", "first",
    "time_since_previous", "time_since_first", "alike",
)  # fmt: skip
NETWORKS = ("cycle", "chain", "scatter_gather")
ARITHMETIC = ("+", "-", "*", "/", "%", "least", "greatest")
LEAST_HOPS, MOST_HOPS = 2, 10

FUNCTIONS: Mapping[str, tuple[tuple[Kind, ...], Kind]] = {
    "abs": ((Kind.NUMBER,), Kind.NUMBER),
    "round": ((Kind.NUMBER,), Kind.NUMBER),
    "sqrt": ((Kind.NUMBER,), Kind.NUMBER),
    "length": ((Kind.TEXT,), Kind.NUMBER),
    "lower": ((Kind.TEXT,), Kind.TEXT),
    "hour": ((Kind.TIME,), Kind.NUMBER),
    "weekday": ((Kind.TIME,), Kind.NUMBER),
    "day": ((Kind.TIME,), Kind.NUMBER),
    "month": ((Kind.TIME,), Kind.NUMBER),
    "days_between": ((Kind.TIME, Kind.TIME), Kind.NUMBER),
    "hours_between": ((Kind.TIME, Kind.TIME), Kind.NUMBER),
    "minutes_between": ((Kind.TIME, Kind.TIME), Kind.NUMBER),
}

COSTS = {"field": 1, "function": 2, "aggregate": 20, "sorted": 80, "network": 150}
SORTED = frozenset({"median", "percentile"})

SHAPES = ("ratio", "zscore", "first_seen", "fan_in", "fan_out", "pass_through", "gather_scatter")
OF_PAYMENTS = frozenset({"fan_in", "fan_out", "pass_through", "gather_scatter"})
ALL_NAMES = (*AGGREGATES, *NETWORKS, *SHAPES, *ARITHMETIC, *FUNCTIONS, "text", "date")


def shape(name: str, told: Mapping[str, AnyValue], payments: PaymentFields | None) -> AnyValue | None:  # noqa: PLR0911 - one case a shape
    """The operand a shape is short for; None where it is not of its form.

    `ratio`: the share of rows (of a sum with `of`) where `where` holds; `zscore`: the row's value against the mean and
    deviation of the rows before; `first_seen`: days since the row's value of `of` was first seen; `fan_in`, `fan_out`:
    different counterparties money came from, went to; `pass_through`: what went out by what came in; `gather_scatter`:
    the lesser of both fans.
    """
    if name == "ratio" and told.get("where"):
        function = "sum" if "of" in told else "count"
        every = {key: value for key, value in told.items() if key != "where"}
        return {"/": [{function: told}, {function: every}]}
    if name == "zscore" and "of" in told:
        before = {**told, "exclude_current": True}
        return {"/": [{"-": [told["of"], {"mean": before}]}, {"std": before}]}
    if name == "first_seen" and "of" in told:
        return {"time_since_first": {**{key: value for key, value in told.items() if key != "of"}, "by": told["of"]}}
    if payments is None or name not in OF_PAYMENTS:
        return None
    if name == "gather_scatter":
        return {"least": [{"fan_in": told}, {"fan_out": told}]}
    if name == "pass_through":
        sums = [{"sum": {**told, "of": payments.amount, "where": _going(way, payments, told)}} for way in ("out", "in")]
        return {"/": sums}
    where = _going(name.removeprefix("fan_"), payments, told)
    return {"distinct": {**told, "of": payments.other, "where": where}}


def _going(way: str, payments: PaymentFields, told: Mapping[str, AnyValue]) -> AnyValue:
    wanted = payments.incoming if way == "in" else payments.outgoing
    direction = {"compare": [payments.direction, "==", {"text": wanted}]}
    return {"all": [direction, told["where"]]} if told.get("where") else direction
