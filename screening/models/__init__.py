"""Tables of screening: lists with their versions, screenings with their hits."""

from screening.models.coverage import Coverage, RescreenJob, RescreenPart, Suppression
from screening.models.hits import Hit, HitDecision, Screening
from screening.models.lists import EntryChange, EntryDraft, ListEntry, ListSource, ListVersion, Watchlist

__all__ = [
    "Coverage", "EntryChange", "EntryDraft", "Hit", "HitDecision", "ListEntry", "ListSource", "ListVersion", "RescreenJob",
    "RescreenPart", "Screening", "Suppression", "Watchlist",
]  # fmt: skip
