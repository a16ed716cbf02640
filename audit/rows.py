"""Rows of the record as the pure part takes them, from whichever database."""

from collections.abc import Sequence
from typing import Any

from audit.log.examining import SealedEntry

COLUMNS = ("id", *SealedEntry._fields[1:])


def sealed_entry(row: Sequence[Any]) -> SealedEntry:
    """The row with every binary column as bytes (PostgreSQL's driver gives memory views)."""
    one, stream, number, prev, body, leaf, mac, *copies = row
    return SealedEntry(one, stream, number, bytes(prev), bytes(body), bytes(leaf), bytes(mac), *copies)
