"""REST endpoints of the screening app."""

from screening.api.hits import HitDispositionView, HitListView, HitView, WatchlistListView
from screening.api.names import ScreenView
from screening.api.yente import YenteMatchView, YenteSearchView

__all__ = [
    "HitDispositionView", "HitListView", "HitView", "ScreenView", "WatchlistListView", "YenteMatchView", "YenteSearchView",
]  # fmt: skip
