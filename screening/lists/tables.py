"""Reading large CSV lists row by row: gzip or not, UTF-8 or Windows-1252, any of the usual delimiters."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_LARGEST_CELL = 8 * 1024 * 1024
_GZIP = b"\x1f\x8b"


def open_text(path: Path) -> IO[str]:
    """The file as text, unpacked where it is gzip; Windows-1252 where it is no UTF-8. The caller closes it."""
    return _opened(path, "utf-8-sig" if _is_utf8(path) else "cp1252", "replace")


def rows_of(path: Path, *needed: str, delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, cells by column) of every row. Lines above the header are skipped (`Report Date: …`).

    Of columns of one name the first counts. Raises ValueError where no line of the first ten has the `needed` columns.
    """
    csv.field_size_limit(_LARGEST_CELL)
    with open_text(path) as stream:
        reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=delimiter)
        header = _header(reader, needed)
        for row in reader:
            cells: dict[str, str] = {}
            for name, cell in zip(header, row, strict=False):
                cells.setdefault(name, cell.strip())
            if any(cells.values()):
                yield reader.line_num, cells


def _header(reader: "Iterator[list[str]]", needed: tuple[str, ...]) -> list[str]:
    for _, row in zip(range(10), reader, strict=False):
        names = [name.strip() for name in row]
        if all(name in names for name in needed):
            return names
    raise ValueError(f"has no header with the columns {', '.join(needed)}")


def _opened(path: Path, encoding: str, errors: str) -> IO[str]:
    with path.open("rb") as stream:
        packed = stream.read(2) == _GZIP
    if packed:
        return gzip.open(path, "rt", encoding=encoding, errors=errors, newline="")
    return path.open(encoding=encoding, errors=errors, newline="")


def _is_utf8(path: Path) -> bool:
    try:
        with _opened(path, "utf-8", "strict") as stream:
            while stream.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True
