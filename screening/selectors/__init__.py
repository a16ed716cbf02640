"""Reads of the screening app."""

from screening.selectors.coverage import (
    ListCoverage,
    active_customers,
    checks_of,
    coverage_by_list,
    covered,
    customers_left_unscreened,
    customers_without_screening,
    is_covered,
    jobs_of,
    parties_of,
    pending_customers,
    providers_down,
    suppression_for,
    suppressions,
)
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
from screening.selectors.media import media_hit_for, media_hits_for_customer
from screening.selectors.sources import list_sources
from screening.selectors.thresholds import IN_FORCE, Sweep, threshold_sweep

__all__ = [
    "IN_FORCE", "PROVIDER", "ListAge", "ListCounts", "ListCoverage", "PlaceOfHit", "ScreeningSummary", "Sweep",
    "active_customers", "active_versions", "changes_of", "checks_of", "coverage_by_list", "covered",
    "customers_left_unscreened", "customers_without_screening", "draft_for", "drafts_of", "earlier_version",
    "entries_of", "entry_of", "hit_counts_by_list", "hit_for", "hits_for_customer", "hits_visible_to", "is_covered",
    "jobs_of", "last_screening", "list_ages", "list_sources", "media_hit_for", "media_hits_for_customer", "open_hits_for_customer",
    "parties_of", "pending_customers", "place_of_hit", "providers_down", "screening_summary", "suppression_for",
    "suppressions", "threshold_sweep", "version_for", "watchlist_for", "watchlists",
]  # fmt: skip
