"""From bound nodes to Polars expressions: the one evaluator (design decision 4). Loads Polars; only workers do.

A missing value makes a comparison unknown (Kleene). Aggregates are columns that `columns` made before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import polars as pl

from monitoring.domains.base import Domain
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    Condition,
    Constant,
    FieldRef,
    Function,
    HasHit,
    InList,
    Listed,
    ListOperand,
    Measure,
    Members,
    Missing,
    Moment,
    Network,
    Not,
    Operand,
    Parameter,
    TextTest,
)

_SMALLEST = 6  # decimals that a remainder is rounded to


@dataclass(frozen=True)
class Compiler:
    """Expressions over rows of the domain. `columns` name the aggregates and network measures, which are there."""

    domain: Domain
    columns: Mapping[Operand, str] = field(default_factory=dict)

    def condition(self, node: Condition) -> pl.Expr:  # noqa: PLR0911 - one case for each kind of node
        """True, false, or null where a missing value leaves it unknown."""
        match node:
            case All(parts):
                return pl.all_horizontal([self.condition(part) for part in parts])
            case Any(parts):
                return pl.any_horizontal([self.condition(part) for part in parts])
            case Not(part):
                return ~self.condition(part)
            case Between(operand, low, high):
                value = self.operand(operand)
                return (value >= self.operand(low)) & (value <= self.operand(high))
            case InList(operand, members):
                value = self.operand(operand)
                return self._among(members, lambda values: value.is_in(list(values)))
            case TextTest(test, operand, members):
                text = self.operand(operand).str.to_lowercase()
                return self._among(members, lambda values: _tested(test, text, values))
            case Missing(operand):
                return self.operand(operand).is_null()
            case HasHit(topic, score):
                return self._hit(topic, self.operand(score))
            case Compare(left, op, right):
                return _compared(op, self.operand(left), self.operand(right))

    def operand(self, node: Operand) -> pl.Expr:
        """The operand's value in each row; null where it has none."""
        match node:
            case FieldRef(name):
                return pl.col(name)
            case Constant(value):
                return pl.lit(value)
            case Moment(text):
                moment = datetime.fromisoformat(text)
                told = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                return pl.lit(told).cast(pl.Datetime("us", "UTC"))
            case Aggregate() | Network():
                return pl.col(self.columns[node])
            case Arithmetic(op, left, right):
                return _computed(op, self.operand(left), self.operand(right))
            case Function(name, arguments):
                return _called(name, [self.operand(item) for item in arguments])
            case Parameter(name) | Measure(name):
                raise TypeError(f"{name} is not bound")

    def _among(self, members: ListOperand, holds: Callable[[tuple[str, ...]], pl.Expr]) -> pl.Expr:
        """Whether `holds` is true of the values; of a named list those of the edition in force at the row's moment."""
        if isinstance(members, Listed):
            oldest, *later = members.of.editions
            told = holds(oldest.values)
            for edition in later:
                begun = pl.col(self.domain.time) >= pl.lit(edition.begins).cast(pl.Datetime("us", "UTC"))
                told = pl.when(begun).then(holds(edition.values)).otherwise(told)
            return told
        return holds(members.values if isinstance(members, Members) else ())

    def _hit(self, topic: str, score: pl.Expr) -> pl.Expr:
        """Who has no hit has no topics: that is known, so it is false."""
        fields = self.domain.hits
        if fields is None:
            raise TypeError(f"{self.domain.code} has no screening")
        among = pl.col(fields.topics).fill_null("").str.split(";").list.contains(topic)
        return among & (pl.col(fields.score) >= score).fill_null(False)


def _tested(test: str, text: pl.Expr, values: tuple[str, ...]) -> pl.Expr:
    wanted = [value.lower() for value in values]
    if test == "contains":
        return text.str.contains_any(wanted)
    ends = text.str.starts_with if test == "starts_with" else text.str.ends_with
    return pl.any_horizontal([ends(value) for value in wanted])


def _compared(op: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    compared: dict[str, pl.Expr] = {
        "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "==": left == right,
        "!=": left != right,
    }  # fmt: skip
    return compared[op]


def _computed(op: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    if op == "/":
        return pl.when(right != 0).then(left / right)
    if op == "%":
        return pl.when(right != 0).then((left - right * (left / right + 1e-9).floor()).round(_SMALLEST).abs())
    if op in {"least", "greatest"}:
        first = left <= right if op == "least" else left >= right
        return pl.when(first.is_not_null()).then(pl.when(first).then(left).otherwise(right))
    computed: dict[str, pl.Expr] = {"+": left + right, "-": left - right, "*": left * right}
    return computed[op]


def _called(name: str, arguments: list[pl.Expr]) -> pl.Expr:
    value = arguments[0]
    if name.endswith("_between"):
        seconds = {"days_between": 86_400, "hours_between": 3_600, "minutes_between": 60}[name]
        return (arguments[1] - value).dt.total_microseconds() / 1e6 / seconds
    called: dict[str, pl.Expr] = {
        "abs": value.abs(), "round": value.round(), "sqrt": pl.when(value >= 0).then(value.sqrt()),
        "length": value.str.len_chars().cast(pl.Float64),
        "lower": value.str.to_lowercase(), "hour": value.dt.hour().cast(pl.Float64),
        "weekday": value.dt.weekday().cast(pl.Float64), "day": value.dt.day().cast(pl.Float64),
        "month": value.dt.month().cast(pl.Float64),
    }  # fmt: skip
    return called[name]
