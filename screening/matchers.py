"""The matcher of each active list version, loaded once a process and dropped when another version is active."""

import threading
from pathlib import Path
from uuid import UUID

from django.conf import settings

from screening.differences import party_of
from screening.matching import ENGINE_VERSION
from screening.matching.index import IndexUnreadable
from screening.matching.matcher import ListMatcher
from screening.models import ListEntry, ListVersion

_matchers: dict[UUID, ListMatcher] = {}
_lock = threading.Lock()


def matcher_for(version: ListVersion) -> ListMatcher:
    """The version's matcher; its index is read from disk, or built and saved where the file is not there."""
    with _lock:
        if version.pk not in _matchers:
            _drop_retired(version)
            _matchers[version.pk] = _load(version)
        return _matchers[version.pk]


def _load(version: ListVersion) -> ListMatcher:
    path = index_path(version)
    try:
        return ListMatcher.load(path)
    except (FileNotFoundError, IndexUnreadable):
        rows = ListEntry.objects.filter(version=version).order_by("position").iterator()
        ListMatcher.of_lists([(str(version.pk), map(party_of, rows))]).save(path)
        return ListMatcher.load(path)  # memory-mapped: all processes share one copy


def index_path(version: ListVersion) -> Path:
    """Where the index of a version is kept; it can always be built again from the entries."""
    return Path(settings.DATA_DIR) / "indexes" / f"{version.pk}.{ENGINE_VERSION}.index"


def _drop_retired(version: ListVersion) -> None:
    others = ListVersion.objects.filter(watchlist_id=version.watchlist_id).exclude(pk=version.pk)
    for retired in others.values_list("pk", flat=True):
        _matchers.pop(retired, None)
