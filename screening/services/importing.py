"""Importing a list: parsed, gated, stored, activated. The last good version stays active until a better one is."""

import hashlib
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault, NotFound
from screening import actions
from screening.enums import ListState
from screening.exceptions import ListRefused
from screening.lists.base import ListedParty, ListFault, ListFormat, ParsedList, formats
from screening.matchers import matcher_for
from screening.models import ListEntry, ListVersion, Watchlist

_LEAST, _MOST = 0.8, 1.2
_BATCH = 2000


def import_list(
    *, format: str, path: Path, by: Actor, name: str = "", activate: bool = True, approve_volume: bool = False
) -> ListVersion:
    """Imports a file or folder as a new version of the list `name` (by default the format's title).

    Side effects: the list on first use, the version with its entries, the former version retired where `activate`, the
    index on disk, an audit entry; of a refused file only an audit entry. The same content again gives the version that
    is there. Raises NotFound for an unknown format, ListRefused with where and what; a volume outside 80-120 % of the
    active version is refused unless `approve_volume`.
    """
    list_format = formats().get(format)
    if list_format is None:
        raise NotFound(f"There is no list format {format}; there are {', '.join(sorted(formats()))}.")
    title = name or list_format.title
    parsed = list_format.parse(path)
    faults = list(parsed.faults) or _volume_faults(title, parsed, approved=approve_volume)
    if faults:
        _refuse(title, faults, by)
    version = _store(title, list_format, parsed, _digest(path), by=by, activate=activate)
    if activate:
        matcher_for(version)
    return version


def _volume_faults(title: str, parsed: ParsedList, *, approved: bool) -> list[ListFault]:
    active = ListVersion.objects.filter(watchlist__name=title, state=ListState.ACTIVE).first()
    if active is None or approved or _LEAST <= len(parsed.entries) / max(1, active.entry_count) <= _MOST:
        return []
    told = f"holds {len(parsed.entries)} entries where the active version has {active.entry_count}; approve it if it is right"
    return [ListFault("the file", told)]


@transaction.atomic
def _record_refusal(title: str, told: str, by: Actor) -> None:
    record(actions.LIST_REFUSED, by=by, object_type="watchlist", object_id=title[:64], stream="list-import",
           after={"list": title}, reason=told)  # fmt: skip


def _refuse(title: str, faults: list[ListFault], by: Actor) -> None:
    _record_refusal(title, f"{faults[0].where} {faults[0].message}", by)
    told = [Fault("/file", f"{fault.where} {fault.message}") for fault in faults[:50]]
    raise ListRefused(f"The list was not imported: {len(faults)} fault(s). The last good version stays active.", told)


@transaction.atomic
def _store(
    title: str, list_format: ListFormat, parsed: ParsedList, digest: str, *, by: Actor, activate: bool
) -> ListVersion:
    watchlist, _ = Watchlist.objects.get_or_create(
        name=title, defaults={"kind": list_format.kind, "format": list_format.code}
    )
    Watchlist.objects.select_for_update().get(pk=watchlist.pk)
    newest = watchlist.versions.first()
    if newest is not None and newest.sha256 == digest and newest.state == ListState.ACTIVE:
        return newest
    version = ListVersion.objects.create(
        watchlist=watchlist, number=newest.number + 1 if newest else 1, sha256=digest, entry_count=len(parsed.entries),
        name_count=sum(len(entry.all_names) for entry in parsed.entries), imported_by=by.name,
        warnings=[f"{fault.where} {fault.message}" for fault in parsed.warnings],
    )  # fmt: skip
    ListEntry.objects.bulk_create(
        (_row(version, position, entry) for position, entry in enumerate(parsed.entries)), batch_size=_BATCH
    )
    if activate:
        watchlist.versions.filter(state=ListState.ACTIVE).update(state=ListState.RETIRED)
        version.state, version.activated_at = ListState.ACTIVE, now()
        version.save(update_fields=["state", "activated_at"])
    after = {"list": title, "number": version.number, "entries": version.entry_count, "sha256": digest}
    record(
        actions.LIST_IMPORTED, by=by, object_type="watchlist", object_id=watchlist.pk, stream="list-import", after=after
    )
    return version


def _row(version: ListVersion, position: int, entry: ListedParty) -> ListEntry:
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(entry).items()}
    values["name"] = values["name"][:500]
    return ListEntry(version=version, position=position, **values)


def _digest(path: Path) -> str:
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
