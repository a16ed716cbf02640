"""What a version of a list changes against another: rows that a page shows and a re-screening works through."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from screening.enums import ChangeKind
from screening.fingerprints import IDENTITY_FIELDS, changed_fields, content_of
from screening.lists.base import ListedParty
from screening.models import EntryChange, ListEntry, ListVersion

_TUPLES = ("aliases", "weak_aliases", "birth_dates", "countries", "id_numbers", "addresses", "programs", "positions",
           "topics", "referents")  # fmt: skip
_PLAIN = ("source_id", "schema", "name", "gender", "remarks")
_BATCH = 500


def party_of(row: ListEntry) -> ListedParty:
    """The row as the engine takes it."""
    many: dict[str, Any] = {name: tuple(getattr(row, name)) for name in _TUPLES}
    return ListedParty(**many, **{name: getattr(row, name) for name in _PLAIN})


def keep_differences(version: ListVersion, base: ListVersion | None) -> None:
    """Stores what `version` changes against `base` in place of what was stored before. Nothing without a base."""
    version.changes.all().delete()
    version.base = base
    version.added = version.changed = version.removed = None
    if base is not None:
        counts = dict.fromkeys(ChangeKind.values, 0)
        batch: list[EntryChange] = []
        for change in _differences(version, base):
            counts[change.kind] += 1
            batch.append(change)
        EntryChange.objects.bulk_create(batch, batch_size=_BATCH)
        version.added, version.changed, version.removed = (counts[kind] for kind in ChangeKind.values)
    version.save(update_fields=["base", "added", "changed", "removed"])


def _differences(version: ListVersion, base: ListVersion) -> Iterator[EntryChange]:
    mine, theirs = _contents(version), _contents(base)
    changed = [key for key, (told, _) in mine.items() if key in theirs and theirs[key][0] != told]
    for start in range(0, len(changed), _BATCH):
        yield from _changes(version, changed[start : start + _BATCH], mine, theirs)
    for key in mine.keys() - theirs.keys():
        yield EntryChange(version=version, source_id=key, kind=ChangeKind.ADDED, material=True, entry_id=mine[key][1])
    for key in theirs.keys() - mine.keys():
        yield EntryChange(
            version=version, source_id=key, kind=ChangeKind.REMOVED, material=True, former_id=theirs[key][1]
        )


def _contents(version: ListVersion) -> dict[str, tuple[str, UUID]]:
    """Source id → (digest of the content, key). Entries of before digests were kept are digested now."""
    rows = version.entries.order_by()
    told = {
        key: (sha, pk) for key, sha, pk in rows.exclude(content_sha="").values_list("source_id", "content_sha", "pk")
    }
    for row in rows.filter(content_sha="").iterator():
        told[row.source_id] = (content_of(party_of(row)), row.pk)
    return told


def _changes(
    version: ListVersion, keys: list[str], mine: dict[str, tuple[str, UUID]], theirs: dict[str, tuple[str, UUID]]
) -> Iterator[EntryChange]:
    rows = ListEntry.objects.in_bulk([pk for key in keys for pk in (mine[key][1], theirs[key][1])])
    for key in keys:
        entry, former = rows[mine[key][1]], rows[theirs[key][1]]
        names = changed_fields(party_of(former), party_of(entry))
        yield EntryChange(
            version=version, source_id=key, kind=ChangeKind.CHANGED, fields=names, entry=entry, former=former,
            material=any(name in IDENTITY_FIELDS for name in names),
        )  # fmt: skip
