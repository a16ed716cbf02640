"""Importing a list: parsed, gated, staged, compared with the active version, activated where nothing speaks against it."""

import hashlib
from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, NotFound
from core.words import said
from screening import actions
from screening.differences import keep_differences
from screening.enums import ListState
from screening.exceptions import ListRefused
from screening.fingerprints import content_of, identity_of
from screening.lists.base import ListedParty, ListFault, ListFormat, ParsedList, formats
from screening.models import ListEntry, ListVersion, Watchlist
from screening.services.versions import activate_version
from screening.signals import list_needs_approval

_LEAST, _MOST = 0.8, 1.2
_BATCH = 2000


def import_list(
    *, format: str, path: Path, by: Actor, name: str = "", kind: str = "", source: str = "", activate: bool = True,
    approve_volume: bool = False,
) -> ListVersion:  # fmt: skip
    """Imports a file or folder as a new version of the list `name` (by default the format's title).

    Side effects: the list on first use, the staged version with its entries and its difference to the active one, an
    audit entry; with `activate` those of `activate_version`; of a refused file only an audit entry. A version that is
    doubtful (a volume outside 80-120 % of the active version, a file that was not well-formed) stays staged with its
    `doubts` until somebody approves it, and those who may are told; `approve_volume` approves it at once. The same
    content again gives the version that is there. Raises NotFound for an unknown format, ListRefused with where and what.
    """
    list_format = formats().get(format)
    if list_format is None:
        raise NotFound(
            said(
                "There is no list format {format}; there are {formats}.",
                format=format,
                formats=", ".join(sorted(formats())),
            )
        )
    title = name or list_format.title
    digest = _digest(path)
    version = _known(title, digest)
    if version is None:
        try:
            parsed = list_format.parse(path)
        except IsADirectoryError as error:
            raise ListRefused("This format is one file; the archive holds a folder of them.") from error
        if parsed.faults:
            _refuse(title, parsed.faults, by)
        watchlist = _watchlist(title, list_format, kind)
        version = stage_version(watchlist=watchlist, parsed=parsed, digest=digest, by=by, source=source or path.name)
    if activate and version.state == ListState.STAGED and (approve_volume or not version.doubts):
        version = activate_version(version_id=version.pk, by=by, approve=approve_volume)
    return version


def _known(title: str, digest: str) -> ListVersion | None:
    """The newest version, where it is of this content and may still be used."""
    newest = ListVersion.objects.filter(watchlist__name=title).select_related("watchlist").first()
    usable = newest is not None and newest.sha256 == digest and newest.state in {ListState.ACTIVE, ListState.STAGED}
    return newest if usable else None


def _watchlist(title: str, list_format: ListFormat, kind: str) -> Watchlist:
    told = {"kind": kind or list_format.kind, "format": list_format.code}
    return Watchlist.objects.get_or_create(name=title, defaults=told)[0]


def _doubts(active: ListVersion | None, parsed: ParsedList) -> list[str]:
    doubts = [f"{fault.where} {fault.message}" for fault in parsed.doubts]
    if active is not None and not _LEAST <= len(parsed.entries) / max(1, active.entry_count) <= _MOST:
        doubts.append(f"holds {len(parsed.entries)} entries where the active version has {active.entry_count}")
    return doubts


@transaction.atomic
def _record_refusal(title: str, told: str, by: Actor) -> None:
    record(actions.LIST_REFUSED, by=by, object_type="watchlist", object_id=title[:64], stream="list-import",
           after={"list": title}, reason=told)  # fmt: skip


def _refuse(title: str, faults: tuple[ListFault, ...], by: Actor) -> None:
    _record_refusal(title, f"{faults[0].where} {faults[0].message}", by)
    told = [Fault("/file", f"{fault.where} {fault.message}") for fault in faults[:50]]
    raise ListRefused(
        said("The list was not imported. Faults: {number}. The last good version stays active.", number=len(faults)),
        told,
    )


@transaction.atomic
def stage_version(
    *, watchlist: Watchlist, parsed: ParsedList, digest: str, by: Actor, source: str, gated: bool = True
) -> ListVersion:
    """Stores a parsed list as the next version, not yet active, with its difference to the active one.

    Side effects: the version, its entries and changes, an audit entry; `list_needs_approval` where it is doubtful.
    `gated=False` leaves out the comparison of volumes: for lists of one's own, whose every change was approved.
    """
    watchlist = Watchlist.objects.select_for_update().get(pk=watchlist.pk)
    newest = watchlist.versions.first()
    active = watchlist.versions.filter(state=ListState.ACTIVE).first()
    version = ListVersion.objects.create(
        watchlist=watchlist, number=newest.number + 1 if newest else 1, sha256=digest, entry_count=len(parsed.entries),
        name_count=sum(len(entry.all_names) for entry in parsed.entries), imported_by=by.name, source=source[:500],
        warnings=[f"{fault.where} {fault.message}" for fault in parsed.warnings],
        doubts=_doubts(active if gated else None, parsed),
    )  # fmt: skip
    ListEntry.objects.bulk_create(
        (_row(version, position, entry) for position, entry in enumerate(parsed.entries)), batch_size=_BATCH
    )
    keep_differences(version, active)
    after = {"list": watchlist.name, "number": version.number, "entries": version.entry_count, "sha256": digest}
    record(actions.LIST_IMPORTED, by=by, object_type="watchlist", object_id=watchlist.pk, stream="list-import",
           after=after | {"doubts": version.doubts})  # fmt: skip
    if version.doubts:
        list_needs_approval.send(ListVersion, watchlist_id=watchlist.pk)
    return version


def _row(version: ListVersion, position: int, entry: ListedParty) -> ListEntry:
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(entry).items()}
    values["name"] = values["name"][:500]
    shas = {"content_sha": content_of(entry), "identity_sha": identity_of(entry)}
    return ListEntry(version=version, position=position, **values, **shas)


def _digest(path: Path) -> str:
    files = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    whole = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                whole.update(chunk)
    return whole.hexdigest()
