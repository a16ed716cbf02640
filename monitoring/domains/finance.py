"""The finance domain: a row is a transaction seen from the customer's side. Amounts are in the base currency."""

import polars as pl

from monitoring.rules.checker import NUMBER, TEXT

FIELDS = {
    "amount": NUMBER, "direction": TEXT, "type": TEXT, "channel": TEXT, "currency": TEXT, "counterparty": TEXT,
    "counterparty_country": TEXT, "reference": TEXT, "days_since_previous": NUMBER,
}  # fmt: skip
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String, "subject": pl.String, "booked_at": pl.Datetime("us", "UTC"), "amount": pl.Float64,
    "direction": pl.String, "type": pl.String, "channel": pl.String, "currency": pl.String, "counterparty": pl.String,
    "counterparty_country": pl.String, "reference": pl.String,
}  # fmt: skip
_DAY = 24 * 60 * 60


def with_features(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds what is derived from a row and the one before it: `days_since_previous` (null at a subject's first row)."""
    gap = pl.col("booked_at").diff().over("subject").dt.total_seconds() / _DAY
    return frame.sort("subject", "booked_at").with_columns(gap.alias("days_since_previous"))
