"""Rows of the record as the pure part takes them, from whichever database."""

from collections.abc import Sequence
from typing import Any

from audit.log.examining import SealedEntry

COLUMNS = ("id", *SealedEntry._fields[1:])
_BINARY = tuple(SealedEntry._fields.index(name) for name in ("prev", "body", "leaf", "mac"))


def sealed_entry(row: Sequence[Any]) -> SealedEntry:
    """The row with every binary column as bytes (PostgreSQL's driver gives memory views)."""
    values = list(row)
    for place in _BINARY:
        values[place] = bytes(values[place])
    return SealedEntry(*values)
