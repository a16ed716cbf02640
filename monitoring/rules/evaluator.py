"""The one evaluator (design decision 4): Polars expressions over rows of one subject or of millions.

Rows need `subject` and `booked_at` (sorted within the subject) and the domain's fields. A missing value makes a
comparison unknown (Kleene); a rule fires only where it is true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any as AnyValue

import polars as pl

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
    leaves,
    text_of,
)

SUBJECT, TIME = "subject", "booked_at"


@dataclass(frozen=True)
class TracedLeaf:
    """One comparison of a finding with its real values. `holds` is None where a value was missing."""

    text: str
    left: float | str | None
    right: float | str | None
    holds: bool | None


def evaluate(
    frame: pl.DataFrame, rule: Condition, parameters: Mapping[str, AnyValue], *, min_history_days: int = 0
) -> pl.DataFrame:
    """`frame` sorted by subject and time, with `fired` and, for each leaf i, `left_i`, `right_i`, `holds_i`.

    `fired` is null where the rule's value is unknown; `insufficient_history` is true where the subject has been known
    for less than `min_history_days`, and `fired` is null there.
    """
    parts = leaves(rule)
    traced: list[pl.Expr] = []
    for number, leaf in enumerate(parts):
        left, right = _sides(leaf, parameters)
        traced += [left.alias(f"left_{number}"), right.alias(f"right_{number}"),
                   _condition(leaf, parameters).alias(f"holds_{number}")]  # fmt: skip
    known_for = pl.col(TIME) - pl.col(TIME).min().over(SUBJECT)
    insufficient = known_for < pl.duration(days=min_history_days)
    rows = frame.sort(SUBJECT, TIME).with_columns(*traced, insufficient.alias("insufficient_history"))
    fired = _joined(rule, parts)
    return rows.with_columns(pl.when(pl.col("insufficient_history")).then(None).otherwise(fired).alias("fired"))


def trace_of(row: Mapping[str, AnyValue], rule: Condition) -> list[TracedLeaf]:
    """The comparisons of one evaluated row."""
    return [
        TracedLeaf(text_of(leaf), row[f"left_{number}"], row[f"right_{number}"], row[f"holds_{number}"])
        for number, leaf in enumerate(leaves(rule))
    ]


def _joined(condition: Condition, parts: list[Compare | InList]) -> pl.Expr:
    """The tree over its leaves' columns, so that each leaf is computed once."""
    if isinstance(condition, All):
        return pl.all_horizontal([_joined(part, parts) for part in condition.parts])
    if isinstance(condition, Any):
        return pl.any_horizontal([_joined(part, parts) for part in condition.parts])
    if isinstance(condition, Not):
        return ~_joined(condition.part, parts)
    return pl.col(f"holds_{parts.index(condition)}")


def _condition(condition: Condition, parameters: Mapping[str, AnyValue]) -> pl.Expr:
    if isinstance(condition, All):
        return pl.all_horizontal([_condition(part, parameters) for part in condition.parts])
    if isinstance(condition, Any):
        return pl.any_horizontal([_condition(part, parameters) for part in condition.parts])
    if isinstance(condition, Not):
        return ~_condition(condition.part, parameters)
    if isinstance(condition, InList):
        return pl.col(condition.field.name).is_in(list(parameters[condition.parameter.name]))
    left, right = _operand(condition.left, parameters), _operand(condition.right, parameters)
    compared: dict[str, pl.Expr] = {
        "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "==": left == right,
        "!=": left != right,
    }  # fmt: skip
    return compared[condition.op]


def _sides(leaf: Compare | InList, parameters: Mapping[str, AnyValue]) -> tuple[pl.Expr, pl.Expr]:
    if isinstance(leaf, InList):
        return pl.col(leaf.field.name), pl.lit(", ".join(map(str, parameters[leaf.parameter.name])))
    return _operand(leaf.left, parameters), _operand(leaf.right, parameters)


def _operand(operand: Operand, parameters: Mapping[str, AnyValue]) -> pl.Expr:
    if isinstance(operand, FieldRef):
        return pl.col(operand.name)
    if isinstance(operand, Constant):
        return pl.lit(operand.value)
    if isinstance(operand, Parameter):
        value = parameters[operand.name]
        return pl.lit(value if isinstance(value, str) else float(value))
    if isinstance(operand, Aggregate):
        return _aggregate(operand, parameters)
    left, right = _operand(operand.left, parameters), _operand(operand.right, parameters)
    return _arithmetic(operand, left, right)


def _arithmetic(operand: Arithmetic, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    if operand.op == "/":
        return pl.when(right != 0).then(left / right)
    computed: dict[str, pl.Expr] = {"+": left + right, "-": left - right, "*": left * right}
    return computed[operand.op]


def _aggregate(node: Aggregate, parameters: Mapping[str, AnyValue]) -> pl.Expr:
    """The window runs from `window` before the row up to and with it: the past as it was known at the row's time."""
    counted = _condition(node.where, parameters) if node.where is not None else pl.col(TIME).is_not_null()
    value = pl.when(counted).then(pl.col(node.of).cast(pl.Float64))
    window: AnyValue = {"by": TIME, "window_size": node.window, "closed": "right"}
    number = pl.when(counted).then(1.0).otherwise(0.0).rolling_sum_by(**window).over(SUBJECT)
    total = value.fill_null(0.0).rolling_sum_by(**window).over(SUBJECT)
    if node.function == "count":
        return number
    if node.function == "sum":
        return total
    if node.function == "mean":
        return pl.when(number > 0).then(total / number)
    lowest = node.function == "min"
    return (value.rolling_min_by(**window) if lowest else value.rolling_max_by(**window)).over(SUBJECT)
