"""From events of a file to rows of a domain: views, converted amounts, tables beside the file, derived fields."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from monitoring.domains.base import Domain, Kind, Table, View
from monitoring.files.rates import converted
from monitoring.files.reading import LINE, Events
from monitoring.rules.compiler import Compiler
from monitoring.rules.evaluator import ID, in_order, schema_of
from monitoring.rules.operands import OperandReader

_DIGITS = 10


@dataclass(frozen=True)
class EventFrame:
    """Rows of a domain in order. A row's id is its event's place in the file; `event_ids` has the event's own by that."""

    frame: pl.DataFrame
    event_ids: pl.DataFrame
    unconverted: int

    @property
    def number(self) -> int:
        """How many events."""
        return len(self.event_ids)


def event_frame(events: Events, domain: Domain, tables: Mapping[str, pl.DataFrame], rates: pl.DataFrame) -> EventFrame:
    """The rows; raises KeyError for a table that the domain does not know or that lacks a column."""
    source = events.frame
    unconverted = 0
    if domain.files.money is not None:
        amount, currency, time = domain.files.money
        source = source.with_columns(pl.col(currency).fill_null(rates["currency"][0]))
        changed = converted(amount, currency, time, rates, source)
        unconverted = changed[amount].null_count() - source[amount].null_count()
        source = changed.with_columns(pl.coalesce(pl.col(amount), source[amount]).alias(amount))
    for name, table in tables.items():
        source = _joined(source, domain.files.tables[name], table)
    given = {table.gives for name, table in domain.files.tables.items() if name in tables}
    key = pl.col(LINE).cast(pl.String).str.zfill(_DIGITS).alias(ID)
    rows = pl.concat([_viewed(source.with_columns(key), domain, view, given) for view in domain.files.views])
    rows = rows.filter(pl.col(domain.subject).is_not_null() & pl.col(domain.time).is_not_null())
    own = pl.coalesce(pl.col(domain.files.event_id), pl.col(LINE).cast(pl.String)).alias("event_id")
    return EventFrame(in_order(with_derived(rows, domain), domain), source.select(key, own), unconverted)


def _viewed(source: pl.DataFrame, domain: Domain, view: View, given: set[str]) -> pl.DataFrame:
    made: list[pl.Expr] = []
    for name, kind in schema_of(domain).items():
        if name in view.taken:
            made.append(pl.coalesce(*view.taken[name]).cast(kind).alias(name))
        elif name in {ID, *given}:
            made.append(pl.col(name).cast(kind))
        else:
            made.append(pl.lit(view.fixed.get(name), dtype=pl.String).cast(kind).alias(name))
    return source.select(made)


def _joined(source: pl.DataFrame, table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    keys = list(table.keys.values())
    listed = rows.select(pl.col(name).cast(pl.String).str.strip_chars() for name in table.keys).unique()
    known = listed.with_columns(pl.lit(1.0).alias(table.gives))
    return source.join(known, left_on=keys, right_on=list(table.keys), how="left", maintain_order="left").with_columns(
        pl.col(table.gives).fill_null(0.0)
    )


def with_derived(rows: pl.DataFrame, domain: Domain) -> pl.DataFrame:
    """The rows with the fields that the domain computes from others."""
    reader = OperandReader(domain, {})
    for name, data in domain.derived.items():
        operand, kind = reader.operand(data, f"/{name}")
        if reader.faults or kind not in {Kind.NUMBER, Kind.MONEY, Kind.TEXT, Kind.TIME}:
            raise ValueError(f"{domain.code} derives {name} by what is no operand: {reader.faults}")
        rows = rows.with_columns(Compiler(domain).operand(operand).alias(name))
    return rows
