"""Tables for spreadsheets: the one place that writes CSV for people, so that no text in it is run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones run in some locales


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def neutral(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula, made a plain text (OWASP: CSV injection)."""
    runs = isinstance(cell, str) and (cell.startswith(_FORMULA_STARTS) or cell.lstrip().startswith(_FORMULA_STARTS))
    return f"'{cell}" if runs else cell


def csv_lines(header: Sequence[object], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A header and one line a row, as CSV (RFC 4180); every text of both is neutral."""
    writer = csv.writer(_Echo())
    yield writer.writerow([neutral(cell) for cell in header])
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])
