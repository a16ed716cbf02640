"""What people made of past alerts, beside rows: was the nearest alert of the same customer suspicious?"""

from collections.abc import Iterable
from typing import Any

import polars as pl

SCHEMA: dict[str, Any] = {
    "subject": pl.String, "at": pl.Datetime("us", "UTC"), "alert": pl.String, "scenario": pl.String, "verdict": pl.String,
}  # fmt: skip
SUSPICIOUS, DECIDED = "suspicious", ("suspicious", "explained", "false_positive")
WITHIN = "30d"


def known_alerts(rows: Iterable[tuple[str, object, str, str, str]]) -> pl.DataFrame:
    """Findings of past alerts: subject, when, alert, scenario, disposition (empty while open), by time."""
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row").sort("at")


def judged(rows: pl.DataFrame, known: pl.DataFrame, subject: str, time: str) -> pl.DataFrame:
    """The rows (sorted by time) with `verdict` and `alert` of the nearest decided alert of the subject within 30 days."""
    decided = known.filter(pl.col("verdict").is_in(DECIDED)).select("subject", "at", "alert", "verdict")
    ordered = rows.select(pl.col(subject).alias("subject"), pl.col(time).alias("at"), "place").sort("at")
    joined = ordered.join_asof(
        decided, on="at", by="subject", strategy="nearest", tolerance=WITHIN, check_sortedness=False
    )
    return joined.sort("place")
