"""Tables as Parquet. Polars is loaded only where such a file is read."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.opening import unreadable

_SLICE = 20_000


def frames_of(path: Path, size: int) -> Iterator[Any]:
    """The file as Polars frames of so many rows."""
    polars: Any = import_module("polars")
    try:
        lazy, number = polars.scan_parquet(path), 0
        while len(frame := lazy.slice(number, size).collect()):
            yield frame
            number += len(frame)
    except polars.exceptions.PolarsError as error:
        raise unreadable(f"cannot be read as Parquet: {error}") from error


def _read(path: Path) -> Iterator[DeliveredRow]:
    number = 0
    for frame in frames_of(path, _SLICE):
        for row in frame.iter_rows(named=True):
            number += 1
            yield DeliveredRow(number, row)


PARQUET_TABLE = FileFormat("parquet", "Parquet", lambda head, name: head.startswith(b"PAR1"), _read)
