"""Tables as text: comma, semicolon or tab, UTF-8 or Latin-1, packed by gzip or not."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from core.exceptions import Fault
from monitoring.deliveries import DeliveredRow
from monitoring.intake.formats.base import FileFormat
from monitoring.intake.opening import opened, unreadable

_SUFFIXES = (".csv", ".tsv", ".txt", ".asc", ".csv.gz", ".tsv.gz", ".asc.gz")
_SAMPLE = 1024 * 1024


def _knows(head: bytes, name: str) -> bool:
    line = head.split(b"\n", 1)[0]
    return b"\0" not in head and (name.lower().endswith(_SUFFIXES) or any(sign in line for sign in b",;\t"))


def cells_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row that has any, as they stand in the file; the first are the header's names."""
    with opened(path) as stream:
        sample = stream.read(_SAMPLE)
    if b"\0" in sample:
        raise unreadable("holds NUL bytes, which no text has", "a CSV file")
    with opened(path) as stream, io.TextIOWrapper(stream, _encoding(sample), errors="replace", newline="") as text:
        reader = csv.reader(text, delimiter=_delimiter(sample))
        try:
            header = named_once(next(reader, []))
            if not any(header):
                raise unreadable("has no header", "a first line with the names of the columns")
            yield 1, header
            line = reader.line_num + 1
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise unreadable(f"cannot be read as CSV from line {reader.line_num} on: {error}", "quote cells") from error


def _read(path: Path) -> Iterator[DeliveredRow]:
    rows = cells_of(path)
    _, header = next(rows)
    for line, cells in rows:
        yield row_of(line, header, cells)


def row_of(line: int, header: list[str], cells: list[str]) -> DeliveredRow:
    """The cells by the header's names, without space around them; refused where there are more or fewer."""
    if len(cells) != len(header):
        told = f"has {len(cells)} cells where the header has {len(header)}"
        values = {str(number): cell for number, cell in enumerate(cells, start=1)}
        return DeliveredRow(line, values, faults=(Fault("/", told, "quote cells that contain the divider"),))
    return DeliveredRow(line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)})


def named_once(header: list[str]) -> list[str]:
    """The names of columns; a name that comes again is numbered, as Polars does (`Account_duplicated_0`)."""
    seen: dict[str, int] = {}
    names = []
    for cell in header:
        name = cell.strip().lstrip("\ufeff").strip()
        names.append(f"{name}_duplicated_{seen[name]}" if name in seen else name)
        seen[name] = seen.get(name, -1) + 1
    return names


def _encoding(sample: bytes) -> str:
    try:
        sample[: sample.rfind(b"\n") + 1 or len(sample)].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def _delimiter(sample: bytes) -> str:
    header = sample.split(b"\n", 1)[0]
    return max(",;\t", key=lambda sign: header.count(sign.encode()))


CSV_TABLE = FileFormat("csv", "CSV", _knows, _read)
