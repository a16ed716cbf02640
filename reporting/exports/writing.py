"""Writing tables: CSV, XLSX, PDF. What a spreadsheet would run as a formula is text in every one of them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import weasyprint
from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

from core.clock import now
from core.language import in_english
from core.spreadsheets import csv_lines, neutral
from reporting.exports.base import Export, Period, Table

Count = Callable[[int], None]
_ON_PAPER = 60


def cell(value: Any) -> Any:
    """A value as a file holds it: aware times as ISO 8601, numbers as they are, texts neutral and printable."""
    if isinstance(value, bool) or value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
    return neutral(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def write_csv(path: Path, export: Export, period: Period, count: Count) -> int:
    """The first table. Returns its number of rows."""
    table, written = export.tables(period)[0], 0
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = (map(cell, row) for row in table.rows(period))
        for written, line in enumerate(csv_lines(table.header, rows)):
            stream.write(line)
            if written:
                count(written)
    return written


def write_xlsx(path: Path, export: Export, period: Period, count: Count) -> int:
    """A sheet a table, written row by row. Returns the number of rows of all."""
    book, written = Workbook(write_only=True), 0
    for table in export.tables(period):
        sheet = book.create_sheet(table.name[:31].replace("/", "-"))
        sheet.append(list(table.header))
        for row in table.rows(period):
            sheet.append([_typed(sheet, value) for value in row])
            written += 1
            count(written)
    book.save(path)
    return written


def _typed(sheet: Any, value: Any) -> Any:
    """A cell that is a text where its value is one: openpyxl takes a text that begins with `=` for a formula."""
    made = cell(value)
    if not isinstance(made, str):
        return made
    found = WriteOnlyCell(sheet, value=made)
    found.data_type = "s"
    return found


def write_pdf(path: Path, export: Export, period: Period, count: Count) -> int:
    """All tables on paper; of a long one the first 60 rows. Returns the number of rows."""
    shown = [_paper(table, period) for table in export.tables(period)]
    with in_english():
        html = render_to_string(
            "reporting/export_report.html", {"export": export, "period": period, "tables": shown, "made_at": now()}
        )
    weasyprint.HTML(string=html, url_fetcher=_refuse).write_pdf(str(path))
    written = sum(len(rows) for _, rows in shown)
    count(written)
    return written


def _paper(table: Table, period: Period) -> tuple[Table, list[list[Any]]]:
    rows = [["–" if value is None else value for value in row] for row in table.rows(period)]
    return table, rows[-_ON_PAPER:]


def _refuse(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    raise ValueError(f"a report fetches nothing, and {url[:40]} is not in it")


WRITERS: dict[str, Callable[[Path, Export, Period, Count], int]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "pdf": write_pdf,
}
