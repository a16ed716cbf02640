"""SWIFT's text messages (MT): the blocks of a file and the fields of block 4."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from monitoring.intake.opening import opened, unreadable

_MOST = 256 * 1024 * 1024
_BLOCK4 = re.compile(r"\{2:([^}]*)\}(?:\{3:(?:\{[^}]*\})*\})?\{4:\r?\n(.*?)\r?\n-\}", re.DOTALL)
_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_CENTURY = 80  # two digits of a year from here on are of the last century


def text_of(path: Path) -> str:
    """The file as text; raises InvalidInput where it is larger than such files are."""
    with opened(path) as stream:
        content = stream.read(_MOST + 1)
    if len(content) > _MOST:
        raise unreadable("is larger than 256 MiB", "several files")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def messages(text: str) -> Iterator[tuple[str, str, int]]:
    """Each message's application header (block 2), its text (block 4) and the line it begins at."""
    line, seen = 1, 0
    for found in _BLOCK4.finditer(text):
        line += text.count("\n", seen, found.start(2))
        seen = found.start(2)
        yield found[1], found[2], line


def fields(text: str) -> Iterator[tuple[str, str, int]]:
    """Tag, value (of several lines) and line of each field, in order."""
    starts = list(_FIELD.finditer(text))
    line, seen = 1, 0
    for found, following in zip(starts, [*starts[1:], None], strict=True):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        value = text[found.end() : following.start() if following else len(text)]
        yield found[1], value.replace("\r", "").strip("\n"), line


def day(digits: str) -> str:
    """YYMMDD as ISO 8601; as it is where it is no day."""
    try:
        year = int(digits[:2]) + (1900 if int(digits[:2]) >= _CENTURY else 2000)
        return datetime(year, int(digits[2:4]), int(digits[4:6]), tzinfo=UTC).isoformat()
    except ValueError:
        return digits


def number(text: str) -> str:
    """An amount with the comma that SWIFT writes, as digits with a point."""
    return text.replace(",", ".").rstrip(".")
