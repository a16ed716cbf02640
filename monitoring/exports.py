"""Transactions and rejected rows as CSV, row by row: a long history is never in memory whole."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from monitoring.models import RejectedLine, Transaction

_COLUMNS = (
    "external_id", "booked_at", "direction", "amount", "currency", "base_amount", "type", "channel", "account",
    "counterparty_name", "counterparty_account", "counterparty_country", "reference",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def errors_csv(rows: QuerySet[RejectedLine]) -> Iterator[str]:
    """The error file of a delivery: line, column, reason, what instead, and the row as it came."""
    writer = csv.writer(_Echo())
    yield writer.writerow(["line", "column", "reason", "instead", "row"])
    columns = ("line", "column", "message", "suggestion", "content")
    for row in rows.values_list(*columns).iterator(chunk_size=2000):
        yield writer.writerow([_cell(value) for value in row])


def ledger_csv(rows: QuerySet[Transaction]) -> Iterator[str]:
    """A header and one line a transaction. A text that a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.writer(_Echo())
    yield writer.writerow(_COLUMNS)
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=2000):
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
