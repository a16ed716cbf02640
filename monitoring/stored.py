"""Rows of the database as a frame of the evaluator. Loads Polars; only workers do."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from monitoring.domains.base import Domain
from monitoring.rules.evaluator import ID, schema_of


def frame_of_rows(domain: Domain, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """The rows, whose values are those of `names`, with every column of the domain.

    What is empty in the database is unknown to a rule.
    """
    schema = schema_of(domain)
    columns: dict[str, Any] = {name: [None] * len(rows) for name in schema}
    for name, values in zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True):
        told = _conversion(domain, name, schema[name])
        columns[name] = [None if value is None or value == "" else told(value) for value in values]
    return pl.DataFrame(columns, schema=schema)


def frame_of_query(domain: Domain, names: Sequence[str], query: "QuerySet[Any, Any]") -> pl.DataFrame:
    """The rows of a query of values, which are those of `names`: texts, keys, numbers and times, no booleans.

    The same as `frame_of_rows`; PostgreSQL gives them by COPY, without an object for each value.
    """
    if connection.vendor != "postgresql":
        return frame_of_rows(domain, names, list(query)).select(names)
    schema = schema_of(domain)
    try:
        sql, values = query.query.sql_with_params()
    except EmptyResultSet:
        return pl.DataFrame(schema={name: schema[name] for name in names})
    lines = io.BytesIO()
    with connection.cursor() as cursor:
        told = cursor.mogrify(sql, values).decode()
        cursor.copy_expert(f"COPY ({told}) TO STDOUT WITH (FORMAT csv)", lines)
    lines.seek(0)
    columns = {f"column_{number}": pl.String for number in range(1, len(names) + 1)}
    if not lines.getbuffer().nbytes:
        return pl.DataFrame(schema={name: schema[name] for name in names})
    texts = pl.read_csv(lines, has_header=False, schema=columns)
    return texts.select(
        _of_text(pl.col(column), schema[name]).alias(name) for column, name in zip(columns, names, strict=True)
    )


def _of_text(text: pl.Expr, kind: Any) -> pl.Expr:
    """A column of COPY's texts as what it is; the connection's time zone is UTC."""
    if kind == pl.String:
        return text.replace("", None)
    if kind == pl.Float64:
        return text.cast(pl.Float64)
    plain = text.str.strip_suffix("+00")
    return plain.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us").dt.replace_time_zone("UTC")


def _conversion(domain: Domain, name: str, kind: Any) -> Callable[[Any], Any]:
    if name in {ID, domain.subject, domain.owner}:
        return str
    return float if kind == pl.Float64 else lambda value: value
