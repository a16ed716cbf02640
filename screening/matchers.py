"""The matcher of each active list version, loaded once a process and dropped when another version is active."""

import shutil
import threading
from pathlib import Path
from uuid import UUID

from django.conf import settings

from screening.differences import party_of
from screening.matching.index import load_index, save_index
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
    entries = tuple(party_of(row) for row in ListEntry.objects.filter(version=version).order_by("position").iterator())
    folder = index_folder(version)
    try:
        return ListMatcher(entries, load_index(folder))
    except FileNotFoundError:
        matcher = ListMatcher(entries)
        partial = folder.with_name(f"{folder.name}.part")
        save_index(matcher.index, partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
        return matcher


def index_folder(version: ListVersion) -> Path:
    """Where the index of a version is kept; it can always be built again from the entries."""
    return Path(settings.DATA_DIR) / "indexes" / str(version.pk)


def _drop_retired(version: ListVersion) -> None:
    others = ListVersion.objects.filter(watchlist_id=version.watchlist_id).exclude(pk=version.pk)
    for retired in others.values_list("pk", flat=True):
        _matchers.pop(retired, None)
