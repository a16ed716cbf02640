"""Fetching lists from their issuers: what has not changed is left, what fails leaves the last good version active."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput, ProbityError
from core.outbound import NOT_MODIFIED, FetchFailed, fetch
from core.words import said
from screening import actions
from screening.lists.base import formats
from screening.models import ListSource, ListVersion, Watchlist
from screening.services.importing import import_list
from screening.signals import list_fetch_failed

_log = structlog.get_logger(__name__)
_BACK_OFF_MINUTES = (5, 15, 60, 180)
_CLAIM = timedelta(minutes=30)
_ALARM_AT = (1, 3, 10, 30)  # the failures in a row after which people are told


@transaction.atomic
def set_source(
    *, name: str, format: str, location: str, every_hours: int, activates_itself: bool, by: Actor, kind: str = "",
    is_enabled: bool = True,
) -> ListSource:  # fmt: skip
    """Says where the list `name` is fetched from, in place of what was said before; it is fetched at once.

    Side effects: the list on first use, its source, an audit entry. Raises InvalidInput for an unknown format or a
    location that is neither http(s) nor inside the folder of lists.
    """
    if format not in formats():
        raise InvalidInput("There is no such format.", [Fault("/format", "is unknown", ", ".join(sorted(formats())))])
    for part in location.split():
        _check_location(part)
    kind = kind or formats()[format].kind
    watchlist, _ = Watchlist.objects.get_or_create(name=name, defaults={"kind": kind, "format": format})
    told = {"location": "\n".join(location.split()), "every_hours": every_hours, "activates_itself": activates_itself,
            "is_enabled": is_enabled, "next_fetch_at": now(), "validators": {}, "failures": 0, "error": ""}  # fmt: skip
    source, _ = ListSource.objects.update_or_create(watchlist=watchlist, defaults=told)
    Watchlist.objects.filter(pk=watchlist.pk).update(format=format)
    record(actions.SOURCE_SET, by=by, object_type="watchlist", object_id=watchlist.pk, stream="list-import",
           after={"list": name, "every_hours": every_hours, "location": source.location})  # fmt: skip
    return source


def _check_location(part: str) -> None:
    if urlsplit(part).scheme in {"http", "https"}:
        return
    folder = Path(settings.LIST_FOLDER).resolve()
    if not (folder / part).resolve().is_relative_to(folder):
        raise InvalidInput("The location is not allowed.",
                           [Fault("/location", said("is neither an address nor inside {folder}", folder=folder))])  # fmt: skip


def due_sources(limit: int) -> list[UUID]:
    """Sources that are due to be fetched."""
    due = ListSource.objects.filter(is_enabled=True, next_fetch_at__lte=now()).order_by("next_fetch_at")
    return list(due.values_list("pk", flat=True)[:limit])


def refresh_source(source_id: UUID, *, force: bool = False) -> ListVersion | None:
    """Fetches one source, if no other worker does, and imports what is new; None where nothing is.

    Side effects: the source's state, those of `import_list`; of a failure its count, an audit entry and (at the first,
    third, tenth in a row) `list_fetch_failed`: the last good version stays active.
    """
    claimed = ListSource.objects.filter(pk=source_id) if force else ListSource.objects.filter(
        pk=source_id, is_enabled=True, next_fetch_at__lte=now())  # fmt: skip
    if not claimed.update(next_fetch_at=now() + _CLAIM):
        return None
    source = ListSource.objects.select_related("watchlist").get(pk=source_id)
    try:
        version = _refreshed(source)
    except (ProbityError, OSError) as error:
        _failed(source, str(error) if isinstance(error, ProbityError) else type(error).__name__)
        return None
    fields = {"validators": source.validators, "failures": 0, "error": "", "fetched_at": now(), "succeeded_at": now()}
    ListSource.objects.filter(pk=source_id).update(**fields, next_fetch_at=now() + timedelta(hours=source.every_hours))
    return version


def _refreshed(source: ListSource) -> ListVersion | None:
    parts = source.location.split()
    with _fetched(source, parts) as path:
        if path is None:
            return None
        return import_list(
            format=source.watchlist.format, path=path, name=source.watchlist.name, by=system_actor("list refresh"),
            activate=source.activates_itself, source=parts[0],
        )  # fmt: skip


@contextmanager
def _fetched(source: ListSource, parts: list[str]) -> Iterator[Path | None]:
    """The file, or the folder of files, for the block; None where no server has anything new."""
    with tempfile.TemporaryDirectory(prefix="probity-list-") as name:
        folder = Path(name)
        changed = [_get(source, part, folder, validated=True) for part in parts]
        if not any(changed):
            yield None
            return
        for part, is_there in zip(parts, changed, strict=True):
            if not is_there:
                _get(source, part, folder, validated=False)
        several = len(parts) > 1 or formats()[source.watchlist.format].folder
        yield folder if several else next(folder.iterdir())


def _get(source: ListSource, part: str, folder: Path, *, validated: bool) -> bool:
    """Puts one file into the folder; False where the server says it has not changed."""
    if urlsplit(part).scheme not in {"http", "https"}:
        _copy(Path(settings.LIST_FOLDER) / part, folder)
        return True
    known = source.validators.get(part, {}) if validated else {}
    target = folder / (Path(urlsplit(part).path).name.lower() or "list")
    answer = fetch(part, target, headers=known)
    if answer.status == NOT_MODIFIED:
        return False
    pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    source.validators[part] = {sent: answer.headers[told] for sent, told in pairs if told in answer.headers}
    return True


def _copy(path: Path, folder: Path) -> None:
    if not path.exists():
        raise FetchFailed(said("There is no {name} in the folder of lists.", name=path.name))
    for file in path.iterdir() if path.is_dir() else (path,):
        if file.is_file():
            shutil.copy(file, folder / file.name)


@transaction.atomic
def _failed(source: ListSource, told: str) -> None:
    failures = source.failures + 1
    wait = min(_BACK_OFF_MINUTES[min(failures, len(_BACK_OFF_MINUTES)) - 1], source.every_hours * 60)
    ListSource.objects.filter(pk=source.pk).update(
        failures=F("failures") + 1, error=told[:300], fetched_at=now(), next_fetch_at=now() + timedelta(minutes=wait)
    )
    _log.warning("list_fetch_failed", watchlist=source.watchlist.name, failures=failures)
    record(actions.FETCH_FAILED, by=system_actor("list refresh"), object_type="watchlist", object_id=source.watchlist_id,
           stream="list-import", after={"list": source.watchlist.name, "failures": failures}, reason=told[:300])  # fmt: skip
    if failures in _ALARM_AT:
        list_fetch_failed.send(ListSource, watchlist_id=source.watchlist_id)
