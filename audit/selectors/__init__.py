"""Reads of the record."""

from audit.selectors.entries import (
    EntryFilter,
    EntryRow,
    ValueChange,
    counts_by_action,
    entries_for_object,
    entries_for_stream,
    entries_matching,
    entries_wanted,
    entry_with_leaf,
    first_looks,
    receipt_for,
    rows_from,
    stream_length,
    unsealed_for,
)
from audit.selectors.folding import Fold, folded
from audit.selectors.integrity import AnchorState, IntegrityState, integrity_now
from audit.selectors.proving import PlacedEntry, TreeBetween, newest_tree, placed_entries

__all__ = [
    "AnchorState", "EntryFilter", "EntryRow", "Fold", "IntegrityState", "PlacedEntry", "TreeBetween", "ValueChange",
    "counts_by_action", "entries_for_object", "entries_for_stream", "entries_matching", "entries_wanted",
    "entry_with_leaf", "first_looks", "folded", "integrity_now", "newest_tree", "placed_entries", "receipt_for",
    "rows_from", "stream_length", "unsealed_for",
]  # fmt: skip
