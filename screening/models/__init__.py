"""Tables of screening: lists with their versions, screenings with their hits."""

from screening.models.hits import Hit, HitDecision, Screening
from screening.models.lists import EntryChange, EntryDraft, ListEntry, ListSource, ListVersion, Watchlist

__all__ = [
    "EntryChange", "EntryDraft", "Hit", "HitDecision", "ListEntry", "ListSource", "ListVersion", "Screening", "Watchlist",
]  # fmt: skip
