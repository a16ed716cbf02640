"""Reads of the record."""

from audit.selectors.entries import (
    EntryFilter,
    EntryRow,
    ValueChange,
    entries_for_object,
    entries_for_stream,
    entries_matching,
    entry_with_leaf,
    first_looks,
    receipt_for,
    rows_from,
    stream_length,
    unsealed_for,
)
from audit.selectors.integrity import AnchorState, IntegrityState, integrity_now
from audit.selectors.proving import PlacedEntry, TreeBetween, placed_entries, tree_between

__all__ = [
    "AnchorState", "EntryFilter", "EntryRow", "IntegrityState", "PlacedEntry", "TreeBetween", "ValueChange",
    "entries_for_object", "entries_for_stream", "entries_matching", "entry_with_leaf", "first_looks", "integrity_now",
    "placed_entries", "receipt_for", "rows_from", "stream_length", "tree_between", "unsealed_for",
]  # fmt: skip
