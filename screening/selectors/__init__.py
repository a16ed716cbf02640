"""Reads of the screening app."""

from screening.selectors.hits import (
    ListCounts,
    PlaceOfHit,
    ScreeningSummary,
    hit_counts_by_list,
    hit_for,
    hits_for_customer,
    hits_visible_to,
    last_screening,
    open_hits_for_customer,
    place_of_hit,
    screening_summary,
)
from screening.selectors.lists import (
    PROVIDER,
    ListAge,
    active_versions,
    changes_of,
    draft_for,
    drafts_of,
    earlier_version,
    entries_of,
    entry_of,
    list_ages,
    version_for,
    watchlist_for,
    watchlists,
)

__all__ = [
    "PROVIDER", "ListAge", "ListCounts", "PlaceOfHit", "ScreeningSummary", "active_versions", "changes_of", "draft_for", "drafts_of",
    "earlier_version", "entries_of", "entry_of", "hit_counts_by_list", "hit_for", "hits_for_customer",
    "hits_visible_to", "last_screening", "list_ages", "open_hits_for_customer", "place_of_hit", "screening_summary", "version_for",
    "watchlist_for", "watchlists",
]  # fmt: skip
