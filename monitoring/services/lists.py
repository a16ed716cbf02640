"""Drafts of the lists that rules look into: begun, filled, changed. `list_moves` puts them in force."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import make_aware

from audit.actions import Action
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.words import said
from monitoring import actions
from monitoring.enums import ListState
from monitoring.exceptions import MoveNotAllowed
from monitoring.list_values import MOST_ENTRIES, ReadValues
from monitoring.models import RuleList, RuleListEntry, RuleListVersion

OPEN = (ListState.DRAFT, ListState.PROPOSED)


@transaction.atomic
def create_list(
    *, name: str, title: str, holds: str, purpose: str, source: str = "", values: ReadValues | None = None,
    in_force_from: date | None = None, by: Actor,
) -> RuleListVersion:  # fmt: skip
    """A list and its first draft, with `values` or empty. Side effects: both, entries, an audit entry. Raises InvalidInput.

    A program may draft, too; proposing and approving are for people.
    """
    if RuleList.objects.filter(name=name).exists():
        raise InvalidInput("There is a list of this name.", [Fault("name", "is another list's name", "another name")])
    made = RuleList.objects.create(name=name, title=title, holds=holds, purpose=purpose, source=source)
    return _drafted(made, 1, values.entries if values else {}, in_force_from, by)


@transaction.atomic
def draft_list(
    *, list_id: UUID, values: ReadValues | None = None, in_force_from: date | None = None, by: Actor
) -> RuleListVersion:
    """A draft with `values`, else with what was approved last. Side effects: it, its entries, an audit entry.

    Raises MoveNotAllowed where there is an open version, InvalidInput.
    """
    drafted = RuleList.objects.select_for_update().get(pk=list_id)
    if drafted.versions.filter(state__in=OPEN).exists():
        raise MoveNotAllowed("There is a draft already: change that one, or discard it.")
    newest, live = drafted.versions.first(), drafted.versions.filter(state=ListState.LIVE).first()
    former = dict(live.entries.values_list("value", "note")) if live else {}
    notes = former if values is None else values.entries
    return _drafted(drafted, newest.number + 1 if newest else 1, notes, in_force_from, by)


@transaction.atomic
def change_list_draft(
    *, version_id: UUID, added: ReadValues, removed: Sequence[str], in_force_from: date | None, by: Actor
) -> RuleListVersion:
    """Puts values on a draft, takes others off and sets the day it is wanted in force from (none: from its approval).

    Side effects: the entries, the day, an audit entry. Raises MoveNotAllowed where it is no draft, InvalidInput.
    """
    version = _draft(version_id)
    gone = version.entries.filter(value__in=removed).delete()[0]
    fresh = _add(version, added)
    _want(version, in_force_from)
    version.save(update_fields=["in_force_from"])
    record_list(actions.LIST_CHANGED, version, by, added=fresh, removed=gone, in_force_from=_told(in_force_from))
    return version


@transaction.atomic
def add_entries(*, version_id: UUID, values: ReadValues, by: Actor) -> int:
    """Puts values on a draft, those that are there with their new note; how many are new.

    Side effects: the entries, an audit entry. Raises MoveNotAllowed where it is no draft, InvalidInput beyond the most.
    """
    version = _draft(version_id)
    fresh = _add(version, values)
    if values.entries:
        record_list(actions.LIST_CHANGED, version, by, added=fresh, removed=0)
    return fresh


@transaction.atomic
def remove_entries(*, version_id: UUID, entries: Sequence[UUID], by: Actor) -> int:
    """Takes entries off a draft; how many. Side effects: the entries, an audit entry. Raises MoveNotAllowed."""
    version = _draft(version_id)
    removed = version.entries.filter(pk__in=entries).delete()[0]
    if removed:
        record_list(actions.LIST_CHANGED, version, by, added=0, removed=removed)
    return removed


def begins_at(version: RuleListVersion, moment: datetime) -> datetime:
    """When the version comes in force if it is approved at `moment`: the beginning of its day in the installation's time
    zone, else then. Raises InvalidInput where what was approved before begins no sooner."""
    wanted = version.in_force_from
    told = make_aware(datetime.combine(wanted, datetime.min.time())) if wanted else moment
    former = version.rule_list.versions.filter(live_from__isnull=False).order_by("-live_from").first()
    if former is not None and former.live_from is not None and told <= former.live_from:
        begun = f"{former.live_from:%Y-%m-%d %H:%M} UTC"
        raise InvalidInput(
            said(
                "Version {number} is in force from {begun}; this one has to begin later.",
                number=former.number,
                begun=begun,
            ),
            [Fault("in_force_from", said("is not after {begun}", begun=begun), "a later day")],
        )
    return told


def _drafted(
    made: RuleList, number: int, notes: dict[str, str], in_force_from: date | None, by: Actor
) -> RuleListVersion:
    version = RuleListVersion(rule_list=made, number=number, drafted_by=by.name)
    _want(version, in_force_from)
    version.save(force_insert=True)
    fill_version(version, notes)
    record_list(actions.LIST_DRAFTED, version, by, entries=len(notes), in_force_from=_told(in_force_from))
    return version


def _want(version: RuleListVersion, in_force_from: date | None) -> None:
    version.in_force_from = in_force_from
    if in_force_from is not None:
        begins_at(version, now())


def _told(day: date | None) -> str:
    return day.isoformat() if day else ""


def _add(version: RuleListVersion, values: ReadValues) -> int:
    known = set(version.entries.values_list("value", flat=True))
    fresh = len(values.entries.keys() - known)
    if len(known) + fresh > MOST_ENTRIES:
        raise InvalidInput(said("A list holds at most {most_entries} entries.", most_entries=f"{MOST_ENTRIES:,}"))
    fill_version(version, values.entries)
    return fresh


def _draft(version_id: UUID) -> RuleListVersion:
    version = RuleListVersion.objects.select_for_update(of=("self",)).select_related("rule_list").get(pk=version_id)
    if version.state != ListState.DRAFT:
        raise MoveNotAllowed("Only a draft can be changed.")
    return version


def fill_version(version: RuleListVersion, notes: dict[str, str]) -> None:
    """Puts values with their notes on a version, those that are there with the new note."""
    rows = [RuleListEntry(version=version, value=value, note=note) for value, note in notes.items()]
    RuleListEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["version", "value"], update_fields=["note"], batch_size=1000
    )


def record_list(action: Action, version: RuleListVersion, by: Actor, **more: object) -> None:
    """Puts on the record what was done with a version of a list."""
    after = {"list": version.rule_list.name, "number": version.number, **more}
    record(action, by=by, object_type="rule_list", object_id=version.rule_list_id, stream="config", after=after)
