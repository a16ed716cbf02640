"""Rows of transactions as Parquet, exactly: money and keys as texts, times in microseconds. Loads Polars; only workers do."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import DateTimeField, DecimalField, ForeignKey, UUIDField

from monitoring.domains.base import Domain
from monitoring.models import Transaction
from monitoring.rules.evaluator import ID, schema_of

COLUMNS = tuple(field.attname for field in Transaction._meta.concrete_fields)
_FIELDS = {field.attname: field for field in Transaction._meta.concrete_fields}
_SCHEMA: dict[str, Any] = {
    name: pl.Datetime("us", "UTC") if isinstance(field, DateTimeField) else pl.String for name, field in _FIELDS.items()
}
_CHUNK = 50_000


def frame_of(rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    """Values of COLUMNS as a frame."""
    parts = [pl.DataFrame(schema=_SCHEMA)]
    chunk: list[tuple[Any, ...]] = []
    for row in rows:
        chunk.append(tuple(value if value is None or isinstance(value, datetime) else str(value) for value in row))
        if len(chunk) == _CHUNK:
            parts.append(pl.DataFrame(chunk, schema=_SCHEMA, orient="row"))
            chunk = []
    return pl.concat([*parts, pl.DataFrame(chunk, schema=_SCHEMA, orient="row")])


def joined(former: pl.DataFrame, fresh: pl.DataFrame) -> pl.DataFrame:
    """Both, each row once."""
    return pl.concat([former, fresh]).unique("id")


def without(frame: pl.DataFrame, customer_id: UUID) -> pl.DataFrame:
    """The rows of everybody else."""
    return frame.filter(pl.col("customer_id") != str(customer_id))


def only(frame: pl.DataFrame, customer_id: UUID) -> pl.DataFrame:
    """The customer's rows, the oldest first."""
    return frame.filter(pl.col("customer_id") == str(customer_id)).sort("booked_at", "id")


def as_bytes(frame: pl.DataFrame) -> bytes:
    """The frame as a Parquet file, in an order of its own: the same rows are the same bytes."""
    buffer = io.BytesIO()
    frame.sort("customer_id", "booked_at", "id").write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def read(content: bytes) -> pl.DataFrame:
    """The rows of a file again."""
    return pl.read_parquet(io.BytesIO(content)).select(COLUMNS)


def objects_of(frame: pl.DataFrame) -> Iterator[list[Transaction]]:
    """The rows as they were in the database, chunk by chunk; not stored."""
    for part in frame.iter_slices(_CHUNK):
        yield [
            Transaction(**{name: _of_text(name, value) for name, value in row.items()})
            for row in part.iter_rows(named=True)
        ]


def shares_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Of each customer how many rows there are, what came in and went out, the first and the last."""
    amount = pl.col("base_amount").str.to_decimal(scale=2)
    sums = [
        amount.filter(pl.col("direction") == direction).sum().alias(name)
        for direction, name in (("in", "came_in"), ("out", "went_out"))
    ]
    at = pl.col("booked_at")
    ends = [pl.len().alias("rows"), at.min().alias("first_at"), at.max().alias("last_at")]
    return frame.group_by("customer_id").agg(*sums, *ends).to_dicts()


def as_rule_rows(frame: pl.DataFrame, domain: Domain, columns: dict[str, str]) -> pl.DataFrame:
    """The rows as rules look at them: `columns` of the table by the field of the domain."""
    kinds = {name: schema_of(domain)[name] for name in columns}
    told = frame.select(pl.col(column).alias(name) for name, column in columns.items())
    texts = [
        (pl.col(name) if name == ID or kind != pl.String else pl.col(name).replace("", None)).cast(kind)
        for name, kind in kinds.items()
    ]
    return told.select(texts)


def _of_text(name: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(_FIELDS[name], UUIDField | ForeignKey):
        return UUID(value)
    return Decimal(value) if isinstance(_FIELDS[name], DecimalField) else value
