"""Rows of the record as the pure part takes them, from whichever database."""

from collections.abc import Sequence
from typing import Any

from audit.log.examining import SealedEntry
from audit.models import AuditEntry

COLUMNS = ("id", *SealedEntry._fields[1:])
_FEW = 2000


def sealed_entry(row: Sequence[Any]) -> SealedEntry:
    """The row with every binary column as bytes (PostgreSQL's driver gives memory views)."""
    one, stream, number, prev, body, leaf, mac, *copies = row
    return SealedEntry(one, stream, number, bytes(prev), bytes(body), bytes(leaf), bytes(mac), *copies)


def entries_of(ids: Sequence[int]) -> dict[int, SealedEntry]:
    """The entries of these ids. Neighbours in the tree are near each other in the table: a range costs less than a list."""
    near = bool(ids) and max(ids) - min(ids) < 2 * max(len(ids), _FEW)
    rows = AuditEntry.objects.filter(**({"pk__range": (min(ids), max(ids))} if near else {"pk__in": ids}))
    found = (sealed_entry(row) for row in rows.values_list(*COLUMNS).iterator(chunk_size=_FEW))
    return {entry.id: entry for entry in found}
