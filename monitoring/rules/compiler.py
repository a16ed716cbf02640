"""From bound nodes to Polars expressions: the one evaluator (design decision 4). Loads Polars; only workers do.

A missing value makes a comparison unknown (Kleene). Money is added up in whole hundredths: 0.1 + 0.2 is 0.3 here, for
one row as for millions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any as AnyValue

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
    InList,
    Measure,
    Members,
    Not,
    Operand,
    Parameter,
)

_SECONDS_A_DAY = 86_400
DAY_DECIMALS = 6  # a tenth of a second: gaps compare equal whichever way they are computed


@dataclass(frozen=True)
class Compiler:
    """Expressions over rows sorted by subject and time. `columns` name the aggregates that are computed already."""

    domain: Domain
    columns: Mapping[Aggregate, str] = field(default_factory=dict)

    def condition(self, node: Condition) -> pl.Expr:
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
                listed = members.values if isinstance(members, Members) else ()
                return self.operand(operand).is_in(list(listed))
            case Compare(left, op, right):
                return self._compared(op, self.operand(left), self.operand(right))

    def operand(self, node: Operand) -> pl.Expr:
        """The operand's value in each row; null where it has none."""
        match node:
            case FieldRef(name):
                return pl.col(name)
            case Constant(value):
                return pl.lit(value)
            case Aggregate():
                return pl.col(self.columns[node]) if node in self.columns else self.aggregate(node)
            case Arithmetic(op, left, right):
                return self._computed(op, self.operand(left), self.operand(right))
            case Parameter(name) | Measure(name):
                raise TypeError(f"{name} is not bound")

    @staticmethod
    def _compared(op: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        compared: dict[str, pl.Expr] = {
            "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "==": left == right,
            "!=": left != right,
        }  # fmt: skip
        return compared[op]

    @staticmethod
    def _computed(op: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        if op == "/":
            return pl.when(right != 0).then(left / right)
        if op in {"least", "greatest"}:
            first = left <= right if op == "least" else left >= right
            return pl.when(first.is_not_null()).then(pl.when(first).then(left).otherwise(right))
        computed: dict[str, pl.Expr] = {"+": left + right, "-": left - right, "*": left * right}
        return computed[op]

    def aggregate(self, node: Aggregate) -> pl.Expr:
        """What a row knew at its own time: rows of its subject up to its moment, later ones never."""
        everything = pl.col(self.domain.time).is_not_null()
        counted = self.condition(node.where).fill_null(False) if node.where is not None else everything
        keys = [self.domain.subject, node.by] if node.by else [self.domain.subject]
        value = self._windowed(node, counted, keys) if node.window else self._since(node, counted, keys)
        return pl.when(pl.col(node.by).is_not_null()).then(value) if node.by else value

    def _since(self, node: Aggregate, counted: pl.Expr, keys: list[str]) -> pl.Expr:
        time = pl.col(self.domain.time)
        marked = pl.when(counted).then(time)
        if node.function == "time_since_previous":
            earlier = marked.shift(1).forward_fill().over(keys)
        else:
            earlier = marked.cum_min().forward_fill().over(keys)
        return ((time - earlier).dt.total_microseconds() / 1e6 / _SECONDS_A_DAY).round(DAY_DECIMALS)

    def _windowed(self, node: Aggregate, counted: pl.Expr, keys: list[str]) -> pl.Expr:
        closed = "none" if node.exclude_current else "right"
        window: AnyValue = {"by": self.domain.time, "window_size": node.window, "closed": closed}
        if node.function == "distinct":
            within: AnyValue = {"index_column": self.domain.time, "period": node.window, "closed": closed}
            values = pl.when(counted).then(pl.col(node.of)).drop_nulls()
            return values.n_unique().rolling(**within).over(keys).cast(pl.Float64)
        if node.function == "count":
            return counted.cast(pl.Int64).rolling_sum_by(**window).over(keys).cast(pl.Float64).fill_null(0.0)
        value = pl.when(counted).then(pl.col(node.of))
        if node.function in {"min", "max"}:
            lowest = node.function == "min"
            extreme: pl.Expr = value.rolling_min_by(**window) if lowest else value.rolling_max_by(**window)
            return extreme.over(keys)
        scale = 10 ** self.domain.fields[node.of].decimals
        whole = (value * scale).round().cast(pl.Int64).fill_null(0)
        total: pl.Expr = whole.rolling_sum_by(**window).over(keys).fill_null(0) / scale
        if node.function == "sum":
            return total
        number = value.is_not_null().cast(pl.Int64).rolling_sum_by(**window).over(keys)
        return pl.when(number > 0).then(total / number)
