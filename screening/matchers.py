"""The matchers of the lists that are screened against, loaded once a process from files that all processes share.

Each version has an index of its own; over them all lies one of the whole set of active versions, which a query asks once.
"""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.conf import settings

from screening.differences import party_of
from screening.enums import ChangeKind
from screening.matching import ENGINE_VERSION
from screening.matching.index import IndexUnreadable
from screening.matching.matcher import ListMatcher, Match, Query
from screening.matching.policy import DEFAULT_POLICY, MatchPolicy
from screening.models import ListEntry, ListVersion

_matchers: dict[UUID, ListMatcher] = {}
_sets: dict[str, "SetMatcher"] = {}
_lock = threading.RLock()
_SETS_KEPT = 4


@dataclass(frozen=True)
class SetMatcher:
    """Several list versions asked at once. `is_merged` is False while changes lie beside the index of a former set."""

    versions: tuple[ListVersion, ...]
    matcher: ListMatcher
    is_merged: bool

    def search(self, query: Query, policy: MatchPolicy = DEFAULT_POLICY) -> list[tuple[ListVersion, Match]]:
        """Matches with the version each is in; `Match.entry` is the entry's position there."""
        versions = {str(version.watchlist_id): version for version in self.versions}
        found = ((versions[match.list_key], match) for match in self.matcher.search(query, policy))
        return [(version, replace(match, entry=position_of(version, match.source_id))) for version, match in found]


def matcher_for(version: ListVersion) -> ListMatcher:
    """The version's matcher; its index is read from disk, or built and saved where the file is not there."""
    with _lock:
        if version.pk not in _matchers:
            _drop_retired(version)
            _matchers[version.pk] = _load(version)
        return _matchers[version.pk]


def search_versions(
    versions: Sequence[ListVersion], query: Query, policy: MatchPolicy = DEFAULT_POLICY
) -> list[tuple[ListVersion, Match]]:
    """Matches in these versions of different lists, each with the version it is in."""
    if len(versions) == 1:
        return [(versions[0], match) for match in matcher_for(versions[0]).search(query, policy)]
    return matcher_of_set(versions).search(query, policy)


def matcher_of_set(versions: Sequence[ListVersion]) -> SetMatcher:
    """The matcher over these versions of different lists.

    Where the index of the set is not on disk but that of a set that differs little is at hand, the changes are laid
    beside it, which takes a moment; `merge_set` makes the index of the set. Otherwise that is done at once.
    """
    key = _key_of(versions)
    with _lock:
        if key not in _sets or (not _sets[key].is_merged and _path(key).exists()):
            _sets[key] = _saved(key, versions) or _with_changes(versions) or merge_set(versions)
            for stale in list(_sets)[:-_SETS_KEPT]:
                del _sets[stale]
        return _sets[key]


def merge_set(versions: Sequence[ListVersion]) -> SetMatcher:
    """Makes and saves the index over these versions, which every process then maps."""
    lists = [(str(version.watchlist_id), matcher_for(version).entries) for version in versions]
    key = _key_of(versions)
    ListMatcher.of_lists(lists).save(_path(key))
    files = sorted(_path("").parent.glob("set-*"), key=lambda file: file.stat().st_mtime)
    for stale in files[:-_SETS_KEPT]:
        stale.unlink(missing_ok=True)
    merged = _saved(key, versions)
    if merged is None:
        raise IndexUnreadable(f"{_path(key).name} was written and cannot be read")
    return merged


def position_of(version: ListVersion, source_id: str) -> int:
    """The position of an entry in its version."""
    found = matcher_for(version).index.entry_of(str(version.pk), source_id)
    if found is None:
        raise KeyError(source_id)
    return found


def index_path(version: ListVersion) -> Path:
    """Where the index of a version is kept; it can always be built again from the entries."""
    return Path(settings.DATA_DIR) / "indexes" / f"{version.pk}.{ENGINE_VERSION}.index"


def set_path(versions: Sequence[ListVersion]) -> Path:
    """Where the index over these versions is kept."""
    return _path(_key_of(versions))


def _load(version: ListVersion) -> ListMatcher:
    path = index_path(version)
    try:
        return ListMatcher.load(path)
    except (FileNotFoundError, IndexUnreadable):
        rows = ListEntry.objects.filter(version=version).order_by("position").iterator()
        ListMatcher.of_lists([(str(version.pk), map(party_of, rows))]).save(path)
        return ListMatcher.load(path)  # memory-mapped: all processes share one copy


def _saved(key: str, versions: Sequence[ListVersion]) -> SetMatcher | None:
    try:
        return SetMatcher(tuple(versions), ListMatcher.load(_path(key)), is_merged=True)
    except (FileNotFoundError, IndexUnreadable):
        return None


def _with_changes(versions: Sequence[ListVersion]) -> SetMatcher | None:
    """The set by the changes of its versions against a set that is at hand, where every version has such changes."""
    wanted = {version.watchlist_id: version for version in versions}
    for former in reversed(_sets.values()):
        held = {version.watchlist_id: version for version in former.versions}
        newer = [version for key, version in wanted.items() if key in held and held[key].pk != version.pk]
        if held.keys() == wanted.keys() and all(version.base_id == held[version.watchlist_id].pk for version in newer):
            matcher = former.matcher
            for version in newer:
                changes = version.changes.select_related("entry")
                added = [party_of(change.entry) for change in changes if change.entry is not None]
                removed = [change.source_id for change in changes if change.kind == ChangeKind.REMOVED]
                matcher = matcher.with_delta(str(version.watchlist_id), added, removed)
            return SetMatcher(tuple(versions), matcher, is_merged=False)
    return None


def _key_of(versions: Sequence[ListVersion]) -> str:
    told = ",".join(sorted(f"{version.pk}" for version in versions))
    return hashlib.sha256(f"{ENGINE_VERSION}:{told}".encode()).hexdigest()[:24]


def _path(key: str) -> Path:
    return Path(settings.DATA_DIR) / "indexes" / f"set-{key}.index"


def _drop_retired(version: ListVersion) -> None:
    others = ListVersion.objects.filter(watchlist_id=version.watchlist_id).exclude(pk=version.pk)
    for retired in others.values_list("pk", flat=True):
        _matchers.pop(retired, None)
