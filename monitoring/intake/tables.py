"""Tables as frames of their columns, some rows at a time. Loads Polars; only workers do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import polars as pl

from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.csv_table import CSV_TABLE, cells_of, row_of
from monitoring.intake.formats.parquet_table import PARQUET_TABLE, frames_of

SIZE = 20_000


@dataclass(frozen=True)
class Table:
    """Some rows of a file: texts without space around them, or a Parquet file's own values; each row's line, and the rows
    that do not have the header's cells."""

    frame: pl.DataFrame
    lines: list[int]
    odd: list[DeliveredRow] = field(default_factory=list)

    def row(self, place: int) -> DeliveredRow:
        """A row as a format's own `read` gives it."""
        return DeliveredRow(self.lines[place], self.frame.row(place, named=True))


def tables_of(path: Path, format: str, size: int = SIZE) -> Iterator[Table]:
    """A file of a format that is in COLUMNAR, so many rows at a time; raises InvalidInput."""
    yield from COLUMNAR[format](path, size)


def _csv(path: Path, size: int) -> Iterator[Table]:
    rows = cells_of(path)
    _, header = next(rows)
    while batch := list(islice(rows, size)):
        whole = [(line, cells) for line, cells in batch if len(cells) == len(header)]
        columns = list(zip(*(cells for _, cells in whole), strict=True)) or [()] * len(header)
        frame = pl.DataFrame(
            {name: [cell.strip() for cell in cells] for name, cells in zip(header, columns, strict=True)},
            schema=dict.fromkeys(header, pl.String),
        )
        odd = [row_of(line, header, cells) for line, cells in batch if len(cells) != len(header)]
        yield Table(frame, [line for line, _ in whole], odd)


def _parquet(path: Path, size: int) -> Iterator[Table]:
    number = 0
    for frame in frames_of(path, size):
        yield Table(frame, list(range(number + 1, number + len(frame) + 1)))
        number += len(frame)


COLUMNAR = {CSV_TABLE.code: _csv, PARQUET_TABLE.code: _parquet}
