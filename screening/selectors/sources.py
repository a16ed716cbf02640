"""Where lists are fetched from."""

from django.db.models import QuerySet

from screening.models import ListSource


def list_sources(name: str = "", *, failing: bool = False) -> QuerySet[ListSource]:
    """Sources that are switched on: of the list of this name or of all; only those whose last fetch failed."""
    rows = ListSource.objects.filter(is_enabled=True)
    rows = rows.filter(watchlist__name=name) if name else rows
    return rows.filter(failures__gt=0) if failing else rows
