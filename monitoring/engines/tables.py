"""Partitions and what was said of them as tables: they cross processes and machines as Parquet or Arrow."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import polars as pl

from monitoring.scenarios.catalogue import ScenarioDefinition, definition_from
from monitoring.scoring import FiredRow, Scored

SCHEMA: dict[str, Any] = {
    "row_id": pl.String,
    "subject": pl.String,
    "at": pl.Int64,
    "scenario": pl.String,
    "sentence": pl.String,
}
_COUNTS = "counts"
_ONE = pl.Datetime("us", "UTC")


def table_of(scored: Scored) -> pl.DataFrame:
    """A row for each firing, and one without a row's id whose sentence holds the counts as JSON."""
    rows = [(item.row_id, item.subject, item.at, item.scenario, item.sentence) for item in scored.fired]
    told = pl.DataFrame(rows, schema=SCHEMA | {"at": _ONE}, orient="row").with_columns(pl.col("at").to_physical())
    counts = {name: getattr(scored, name) for name in ("findings", "alerts", "insufficient", "lacking")}
    last = pl.DataFrame([(None, None, None, _COUNTS, json.dumps(counts))], schema=SCHEMA, orient="row")
    return pl.concat([told, last])


def scored_of(table: pl.DataFrame) -> Scored:
    """What `table_of` made, of one partition or of many together."""
    made = Scored()
    for row in table.filter(pl.col("row_id").is_null())["sentence"]:
        made.add(Scored(**json.loads(row)))
    fired = table.filter(pl.col("row_id").is_not_null()).with_columns(pl.col("at").cast(_ONE))
    made.fired = [FiredRow(*row) for row in fired.select(*SCHEMA).iter_rows()]
    return made


def told_of(definitions: Iterable[ScenarioDefinition]) -> str:
    """The definitions as JSON."""
    return json.dumps([asdict(definition) for definition in definitions])


def definitions_of(text: str) -> list[ScenarioDefinition]:
    """What `told_of` made."""
    return [definition_from(item) for item in json.loads(text)]
