"""A file as rows of its target, whatever its format; and how much of it there is."""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from monitoring.deliveries import DeliveredRow
from monitoring.files.mapping import FileMapping
from monitoring.intake.formats import formats
from monitoring.intake.mapped import mapped
from monitoring.intake.opening import opened
from monitoring.intake.targets import TARGETS

_CHUNK = 1024 * 1024


def header_of(path: Path, format: str) -> list[str]:
    """The names of a table's columns; raises InvalidInput."""
    return next((list(row.values) for row in islice(formats()[format].read(path), 1)), [])


def rows_of(
    path: Path, format: str, target: str, mapping: FileMapping | None, given: Mapping[str, str]
) -> Iterator[DeliveredRow]:
    """The rows as cells of the target, each with the cells that are `given` (whose it is, who did it) where it says no other."""
    told = formats()[format]
    rows = mapped(told.read(path), mapping, TARGETS[target]) if mapping is not None else told.read(path)
    for row in rows:
        if given and not row.faults:
            yield DeliveredRow(row.line, {**given, **row.values}, row.pointer, row.faults)
        else:
            yield row


def lines_of(path: Path, format: str) -> int | None:
    """How many rows a table of text has, by its line ends; None where nobody knows before reading."""
    if format != "csv":
        return None
    with opened(path) as stream:
        return max(1, sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b"")))
