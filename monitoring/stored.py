"""Rows of the database as a frame of the evaluator. Loads Polars; only workers do."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

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


def _conversion(domain: Domain, name: str, kind: Any) -> Callable[[Any], Any]:
    if name in {ID, domain.subject, domain.owner}:
        return str
    return float if kind == pl.Float64 else lambda value: value
