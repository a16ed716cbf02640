"""Transactions and rejected rows as CSV, row by row: a long history is never in memory whole."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from core.intervals import wilson
from core.spreadsheets import csv_lines
from monitoring.models import RejectedLine, Transaction
from monitoring.selectors import SampledScenario

_COLUMNS = (
    "external_id", "booked_at", "direction", "amount", "currency", "base_amount", "type", "channel", "account",
    "counterparty_name", "counterparty_account", "counterparty_country", "reference",
)  # fmt: skip
_SAMPLING = (
    "scenario", "sampled", "judged", "missed", "miss_rate", "low", "high", "controls", "controls_agreed", "near",
    "limits", "caught", "alerts_now", "alerts_then", "subjects_gained",
)  # fmt: skip
_QUALITY = ("part", "name", "judged", "of_these", "value", "low", "high")


def errors_csv(rows: QuerySet[RejectedLine]) -> Iterator[str]:
    """The error file of a delivery: line, column, reason, what instead, and the row as it came."""
    columns = ("line", "column", "message", "suggestion", "content")
    header = ("line", "column", "reason", "instead", "row")
    yield from csv_lines(header, rows.values_list(*columns).iterator(chunk_size=2000))


def ledger_csv(rows: QuerySet[Transaction]) -> Iterator[str]:
    """A header and one line a transaction."""
    yield from csv_lines(_COLUMNS, rows.values_list(*_COLUMNS).iterator(chunk_size=2000))


def sampling_lines(rows: Iterable[SampledScenario]) -> Iterator[str]:
    """The report of sampling below the line: a header and one line a scenario; shares are between 0 and 1."""
    yield from csv_lines(_SAMPLING, map(_sampled, rows))


def _sampled(row: SampledScenario) -> list[Any]:
    rate = "" if row.rate is None else round(row.rate, 4)
    shown = [row.scenario.code, row.sampled, row.judged, row.missed, rate, round(row.low, 4), round(row.high, 4)]
    best = row.looser[0] if row.looser else None
    proposed = ["; ".join(best.limits), best.caught, best.before, best.after, best.gained] if best else [""] * 5
    return [*shown, row.controls, row.agreed, row.near, *proposed]


def quality_lines(data: dict[str, Any]) -> Iterator[str]:
    """The quality of labels (`quality_data`): a header and one line a figure; shares and kappas with their 95 % interval."""
    yield from csv_lines(_QUALITY, _quality(data))


def _quality(data: dict[str, Any]) -> Iterator[list[Any]]:
    for row in data["agreements"]:
        yield ["kappa", row["name"], row["pairs"], row["agreed"], row["kappa"], row["low"], row["high"]]
    for part in ("overturned_by_month", "overturned_by_reason"):
        for row in data[part]:
            yield [part, row["name"], row["judged"], row["changed"], row["rate"], row["low"], row["high"]]
    for row in data["bias"]:
        for seen in ("shown", "hidden"):
            low, high = wilson(row[f"{seen}_along"], row[seen])
            shares = [row[f"{seen}_rate"], round(low, 4), round(high, 4)]
            yield [f"with_the_model_{seen}", row["name"], row[seen], row[f"{seen}_along"], *shares]
        yield ["with_the_model_difference", row["name"], "", "", row["difference"], row["low"], row["high"]]
