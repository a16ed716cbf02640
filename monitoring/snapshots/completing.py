"""What rows of a snapshot get when they are read: subjects that are one owner's, derived fields, what tables say. Loads Polars."""

from typing import Any

import polars as pl

from monitoring.domains.base import Domain
from monitoring.files.frames import with_derived
from monitoring.models import OperatorQualification
from monitoring.rules.evaluator import ID, schema_of

_QUALIFIED = "is_qualified"
_TABLE: dict[str, Any] = {
    "owner": pl.String, "operator_id": pl.String, "step": pl.String, "valid_from": pl.Datetime("us", "UTC"),
    "valid_until": pl.Datetime("us", "UTC"),
}  # fmt: skip


def completed(rows: pl.DataFrame, domain: Domain) -> pl.DataFrame:
    """The rows of a domain whose subjects have owners as its rules need them; others as they are.

    The subject is what `subject_of` says. Qualifications are those the database has now, each within its own time.
    """
    if not domain.owner:
        return rows
    subject = pl.concat_str(pl.col(domain.subject), pl.col(domain.owner), separator=" ")
    told = with_derived(rows.with_columns(subject.alias(domain.subject)), domain)
    return told if _QUALIFIED not in domain.fields else _qualified(told, domain).select(*schema_of(domain))


def _qualified(rows: pl.DataFrame, domain: Domain) -> pl.DataFrame:
    """1 where the owner's table has the operator for the step at that time, 0 where not; unknown without a table."""
    names = ("customer_id", "operator_id", "step", "valid_from", "valid_until")
    stored = OperatorQualification.objects.order_by().values_list(*names).iterator()
    table = pl.DataFrame([(str(owner), *rest) for owner, *rest in stored], schema=_TABLE, orient="row")
    keys = [domain.owner, "operator_id", "step"]
    spans = rows.select(ID, domain.time, *keys).join(
        table, left_on=keys, right_on=["owner", "operator_id", "step"], how="inner"
    )
    at = pl.col(domain.time)
    held = spans.filter((pl.col("valid_from") <= at) & (pl.col("valid_until").is_null() | (at < pl.col("valid_until"))))
    listed = pl.col(domain.owner).is_in(table["owner"].unique().to_list())
    holds = pl.col(ID).is_in(held[ID].unique().to_list())
    return rows.with_columns(pl.when(listed).then(holds.cast(pl.Float64)).alias(_QUALIFIED))
