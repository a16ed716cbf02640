"""Evaluating rules: the same functions for one subject's rows and for millions of rows of many subjects.

Three stages, so that each is done once: every distinct aggregate of all rules as a column; each rule as a mask over
these columns; the explanation of what fired, computed for those rows alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any as AnyValue

import polars as pl

from monitoring.domains.base import Domain, Kind
from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.columns import Columns
from monitoring.rules.compiler import Compiler
from monitoring.rules.trace import Trace, Tracer, traced, tracer_of
from monitoring.rules.tree import Aggregate

KNOWN_FOR = Aggregate("time_since_first")
_DTYPES: dict[Kind, AnyValue] = {
    Kind.MONEY: pl.Float64, Kind.NUMBER: pl.Float64, Kind.TEXT: pl.String, Kind.TIME: pl.Datetime("us", "UTC"),
}  # fmt: skip
ID = "id"


class Outcome(StrEnum):
    """What a rule says of a row. `unknown`: a missing value decides; `insufficient_history`: known for too short."""

    FIRED = "fired"
    SILENT = "silent"
    UNKNOWN = "unknown"
    INSUFFICIENT_HISTORY = "insufficient_history"


@dataclass(frozen=True)
class Firing:
    """A row on which a rule fired: its fields, the measures' values, and every condition with its real values."""

    row_id: str
    subject: str
    values: dict[str, AnyValue]
    trace: Trace


@dataclass(frozen=True)
class Prepared:
    """Rows with one column for each distinct aggregate of the rules they were prepared for."""

    frame: pl.DataFrame
    compiler: Compiler


def schema_of(domain: Domain) -> dict[str, AnyValue]:
    """The columns a frame of the domain has: id, subject, its owner where there is one, time, and every field."""
    fixed = {ID: pl.String, domain.subject: pl.String, domain.time: pl.Datetime("us", "UTC")}
    fixed |= {domain.owner: pl.String} if domain.owner else {}
    return fixed | {name: _DTYPES[field.kind] for name, field in domain.fields.items()}


def prepare(frame: pl.DataFrame, rules: Sequence[Rule]) -> Prepared:
    """`frame` (see `schema_of`) sorted by subject and time, with the aggregates of `rules`, all of one domain."""
    domain = rules[0].domain
    columns = Columns(domain, in_order(frame, domain))
    for rule in rules:
        _add(columns, rule)
    return Prepared(columns.frame, Compiler(domain, columns.names))


def prepare_each(frame: pl.DataFrame, rules: Sequence[Rule]) -> Iterator[Prepared]:
    """As `prepare` for one rule after another, so that the columns of many rules are never there at once."""
    if not rules:
        return
    domain = rules[0].domain
    ordered = in_order(frame, domain)
    columns = Columns(domain, ordered)
    for rule in rules:
        columns = columns.again(ordered)
        _add(columns, rule)
        yield Prepared(columns.frame, Compiler(domain, columns.names))


def _add(columns: Columns, rule: Rule) -> None:
    columns.add(KNOWN_FOR)
    columns.add(bound(rule.condition, rule.parameters))
    for measure in rule.measures:
        columns.add(bound(measure.operand, rule.parameters))


def in_order(frame: pl.DataFrame, domain: Domain) -> pl.DataFrame:
    """The frame sorted by subject, time and id; a snapshot that is sorted already is only looked through."""
    keys = [domain.subject, domain.time, ID]
    later: pl.Expr = pl.lit(True)
    for key in reversed(keys):
        here, before = pl.col(key), pl.col(key).shift(1)
        later = (here > before) | ((here == before) & later)
    is_sorted = frame.select(later.slice(1).all()).item()
    return frame if is_sorted else frame.sort(*keys)


def outcome_of(rule: Rule, compiler: Compiler) -> pl.Expr:
    """The rule's outcome in each row, as text."""
    fired = compiler.condition(bound(rule.condition, rule.parameters))
    young = pl.col(compiler.columns[KNOWN_FOR]) < rule.min_history_days
    told = pl.when(fired).then(pl.lit(Outcome.FIRED.value)).otherwise(pl.lit(Outcome.SILENT.value))
    return (
        pl.when(young).then(pl.lit(Outcome.INSUFFICIENT_HISTORY.value))
        .when(fired.is_null()).then(pl.lit(Outcome.UNKNOWN.value)).otherwise(told)
    )  # fmt: skip


def outcomes(prepared: Prepared, rule: Rule) -> pl.DataFrame:
    """`id`, subject, time and `outcome` of every row."""
    domain = rule.domain
    told = outcome_of(rule, prepared.compiler).alias("outcome")
    return prepared.frame.select(ID, domain.subject, domain.time, told)


def fired(prepared: Prepared, rule: Rule) -> pl.DataFrame:
    """The rows on which the rule fires, in order: id, subject, time, fields and the values of measures."""
    domain = rule.domain
    rows = prepared.frame.filter(outcome_of(rule, prepared.compiler) == Outcome.FIRED.value)
    measures = [
        prepared.compiler.operand(bound(measure.operand, rule.parameters)).alias(measure.name)
        for measure in rule.measures
    ]
    return rows.select(ID, domain.subject, domain.time, *domain.fields, *measures)


def firings(prepared: Prepared, rule: Rule, among: pl.Expr | None = None) -> list[Firing]:
    """Every row (of those that `among` holds for) on which the rule fires, explained."""
    fired = outcome_of(rule, prepared.compiler) == Outcome.FIRED.value
    return explained(prepared.frame.filter(fired if among is None else fired & among), rule, prepared.compiler)


def explained(
    rows: pl.DataFrame,
    rule: Rule,
    compiler: Compiler,
    columns: Sequence[pl.Expr] | None = None,
    trace: Tracer | None = None,
) -> list[Firing]:
    """These rows, whether the rule fires on them or not, with every node's value. `columns` are `traced` and `trace` is
    `tracer_of` the rule, if known."""
    nodes, trace_of = traced(rule, compiler) if columns is None else columns, trace or tracer_of(rule)
    told = rows.select(ID, rule.domain.subject, rule.domain.time, *rule.domain.fields, *nodes)
    names = [rule.domain.time, *rule.domain.fields, *(measure.name for measure in rule.measures)]
    return [
        Firing(row[ID], row[rule.domain.subject], {name: row[name] for name in names}, trace_of(row))
        for row in told.iter_rows(named=True)
    ]
