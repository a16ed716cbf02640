"""Between rows of the database and the evaluator. Only workers import this: it loads Polars."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import polars as pl

from monitoring.domains import finance
from monitoring.rules.evaluator import evaluate, trace_of
from monitoring.scenarios.catalogue import ScenarioDefinition

_NAMES = ("id", "booked_at", "amount", "direction", "type", "channel", "currency", "counterparty",
          "counterparty_country", "reference")  # fmt: skip


def fired_rows(
    definition: ScenarioDefinition, subject: str, rows: Sequence[Sequence[Any]], since: datetime
) -> list[dict[str, Any]]:
    """Of the subject's rows from `since` on those that fire: `id`, `sentence`, `trace`."""
    if not rows:
        return []
    columns = dict(zip(_NAMES, zip(*rows, strict=True), strict=True))
    columns["id"] = tuple(map(str, columns["id"]))
    columns["amount"] = tuple(map(float, columns["amount"]))
    frame = pl.DataFrame({"subject": [subject] * len(rows)} | columns, schema=finance.SCHEMA)
    condition = definition.condition
    evaluated = evaluate(
        finance.with_features(frame), condition, definition.parameters, min_history_days=definition.min_history_days
    )
    fired = evaluated.filter(pl.col("fired") & (pl.col("booked_at") >= since))
    return [
        {
            "id": row["id"],
            "sentence": definition.sentence.format(**row, **definition.parameters)[:400],
            "trace": [vars(leaf) for leaf in trace_of(row, condition)],
        }
        for row in fired.iter_rows(named=True)
    ]
