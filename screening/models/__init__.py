"""Tables of screening: lists with their versions, screenings with their hits."""

from screening.models.coverage import Coverage, RescreenJob, RescreenPart, Suppression
from screening.models.hits import Hit, HitDecision, Screening
from screening.models.lists import EntryChange, EntryDraft, ListEntry, ListSource, ListVersion, Watchlist
from screening.models.media import Article, MediaHit, NewsSource
from screening.models.providers import Provider, ProviderCheck

__all__ = [
    "Article", "Coverage", "EntryChange", "EntryDraft", "Hit", "HitDecision", "ListEntry", "ListSource",
    "ListVersion", "MediaHit", "NewsSource", "Provider", "ProviderCheck", "RescreenJob", "RescreenPart",
    "Screening", "Suppression", "Watchlist",
]  # fmt: skip
