"""What a delivery is made of, and how JSON, a stream of it or a CSV file becomes one. No database."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.exceptions import Fault, InvalidInput
from core.words import said
from monitoring.rules.faults import suggestion_for

MOST_JSON_ROWS = 1000
MOST_LINE_BYTES = 65_536
MOST_CSV_ROWS = 10_000
_MOST_COLUMNS = 500
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class DeliveredRow:
    """A row as it came. `line` is where a person finds it, `pointer` where a program does; `faults` refuse it already."""

    line: int
    values: Mapping[str, Any]
    pointer: str = ""
    faults: tuple[Fault, ...] = ()


def rows_from_json(data: Any) -> list[DeliveredRow]:
    """One transaction, or a list of them; raises InvalidInput for a list without a usable size."""
    if not isinstance(data, list):
        return [DeliveredRow(1, data)]
    if not 1 <= len(data) <= MOST_JSON_ROWS:
        told = f"holds {len(data)} transactions"
        raise InvalidInput(
            "The delivery has no usable size.",
            [Fault("/", told, said("1 to {most_json_rows} at once", most_json_rows=MOST_JSON_ROWS))],
        )
    return [DeliveredRow(index + 1, row, f"/{index}") for index, row in enumerate(data)]


def rows_from_ndjson(stream: Any) -> Iterator[DeliveredRow]:
    """One row a line (https://github.com/ndjson/ndjson-spec), read as they come; a line that is none is refused by itself.

    `stream` is a binary file; an empty line is nothing.
    """
    number = 0
    while line := stream.readline(MOST_LINE_BYTES + 1):
        number += 1
        if len(line) > MOST_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MOST_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield DeliveredRow(
                number,
                {},
                faults=(Fault("/", said("is longer than {most_line_bytes} bytes", most_line_bytes=MOST_LINE_BYTES)),),
            )
        elif line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: bytes) -> DeliveredRow:
    try:
        return DeliveredRow(number, json.loads(line))
    except (ValueError, RecursionError) as error:
        told = str(error) if isinstance(error, json.JSONDecodeError) else "is nested too deep or not UTF-8"
        return DeliveredRow(
            number, {}, faults=(Fault("/", said("is no JSON: {told}", told=told), "one object a line"),)
        )


def rows_from_csv(content: bytes, *, columns: Sequence[str], required: Sequence[str]) -> list[DeliveredRow]:
    """The rows of a CSV file with a header, divided by comma, semicolon or tab; an empty cell is a missing value.

    Raises InvalidInput where the file as a whole cannot be read: not UTF-8, columns missing or unknown, no row, too
    many. A row with too many or too few cells is refused by itself.
    """
    reader = csv.reader(io.StringIO(_text_of(content), newline=""), delimiter=_delimiter(content), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(header, columns, required)
        rows = list(_rows(reader, header))
    except csv.Error as error:
        raise _unreadable(f"cannot be read as CSV: {error}", "quote cells", f"/line/{reader.line_num}") from error
    if not rows:
        raise _unreadable("has a header but no row", "at least one transaction")
    return rows


def _rows(reader: Any, header: list[str]) -> Iterator[DeliveredRow]:
    line, number = reader.line_num + 1, 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            number += 1
            if number > MOST_CSV_ROWS:
                raise _unreadable(f"has more than {MOST_CSV_ROWS} rows", "several files")
            yield _row(line, header, cells)
        line = reader.line_num + 1


def _row(line: int, header: list[str], cells: list[str]) -> DeliveredRow:
    if len(cells) != len(header):
        told = f"has {len(cells)} cells where the header has {len(header)}"
        return DeliveredRow(line, {}, faults=(Fault("/", told, "quote cells that contain the divider"),))
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    return DeliveredRow(line, {name: value for name, value in values.items() if value})


def _check_header(header: list[str], columns: Sequence[str], required: Sequence[str]) -> None:
    if len(header) > _MOST_COLUMNS:  # each would be compared with every other, and with every name of ours
        raise _unreadable(f"has more than {_MOST_COLUMNS} columns", "the columns that are known")
    faults = [
        Fault(f"/{name}", "is a column that is missing", "add it to the header")
        for name in required
        if name not in header
    ]
    unknown = [name for name in header if name not in columns]
    faults += [Fault(f"/{name}", "is no known column", suggestion_for(name, columns)) for name in unknown]
    twice = {name for name in header if header.count(name) > 1}
    faults += [Fault(f"/{name}", "stands in the header more than once") for name in sorted(twice)]
    if faults:
        raise InvalidInput("The file does not have the columns of a transaction.", faults)


def _delimiter(content: bytes) -> str:
    header = content.split(b"\n", 1)[0]
    return max(_DELIMITERS, key=lambda delimiter: header.count(delimiter.encode()))


def _text_of(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(f"is not UTF-8 text from byte {error.start} on", "save it as CSV in UTF-8") from error
    if "\0" in text:
        raise _unreadable("holds NUL bytes, which no text has", "send a CSV file")
    return text


def _unreadable(message: str, suggestion: str, pointer: str = "/") -> InvalidInput:
    return InvalidInput("The file cannot be read.", [Fault(pointer, message, suggestion)])
