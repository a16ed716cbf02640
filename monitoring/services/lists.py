"""Lists that rules look into: drafted, filled, proposed, put in force by another person."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from audit.actions import Action
from audit.services import record
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from customers.selectors import high_risk_countries
from monitoring import actions
from monitoring.enums import ListMove, ListState
from monitoring.exceptions import MoveNotAllowed, ProposerCannotApprove
from monitoring.list_values import MOST_ENTRIES, ReadValues
from monitoring.lists import ShippedList, shipped_lists
from monitoring.models import RuleList, RuleListEntry, RuleListVersion

OPEN = (ListState.DRAFT, ListState.PROPOSED)
_ORIGINS = {
    ListMove.PROPOSE: ListState.DRAFT,
    ListMove.APPROVE: ListState.PROPOSED,
    ListMove.REJECT: ListState.PROPOSED,
    ListMove.DISCARD: ListState.DRAFT,
}


@transaction.atomic
def create_list(*, name: str, title: str, holds: str, purpose: str, source: str, by: Actor) -> RuleListVersion:
    """A list and its first draft, empty. Side effects: both, an audit entry. Raises InvalidInput, NotAPerson."""
    person_for_actor(by)
    if RuleList.objects.filter(name=name).exists():
        raise InvalidInput("There is a list of this name.", [Fault("name", "is another list's name", "another name")])
    made = RuleList.objects.create(name=name, title=title, holds=holds, purpose=purpose, source=source)
    version = RuleListVersion.objects.create(rule_list=made, number=1, drafted_by=by.name)
    _record(actions.LIST_DRAFTED, version, by)
    return version


@transaction.atomic
def draft_list(*, list_id: UUID, by: Actor) -> RuleListVersion:
    """A draft with what is in force. Side effects: it, its entries, an audit entry. Raises MoveNotAllowed, NotAPerson."""
    person_for_actor(by)
    drafted = RuleList.objects.select_for_update().get(pk=list_id)
    newest = drafted.versions.first()
    if drafted.versions.filter(state__in=OPEN).exists():
        raise MoveNotAllowed("There is a draft already: change that one, or discard it.")
    version = RuleListVersion.objects.create(
        rule_list=drafted, number=newest.number + 1 if newest else 1, drafted_by=by.name
    )
    live = drafted.versions.filter(state=ListState.LIVE).first()
    if live is not None:
        _fill(version, dict(live.entries.values_list("value", "note")))
    _record(actions.LIST_DRAFTED, version, by)
    return version


@transaction.atomic
def add_entries(*, version_id: UUID, values: ReadValues, by: Actor) -> int:
    """Puts values on a draft, those that are there with their new note; how many are new.

    Side effects: the entries, an audit entry. Raises MoveNotAllowed where it is no draft, InvalidInput beyond the most.
    """
    version = _draft(version_id)
    known = set(version.entries.values_list("value", flat=True))
    fresh = len(values.entries.keys() - known)
    if len(known) + fresh > MOST_ENTRIES:
        raise InvalidInput(f"A list holds at most {MOST_ENTRIES:,} entries.")
    _fill(version, values.entries)
    if values.entries:
        _record(actions.LIST_CHANGED, version, by, added=fresh, removed=0)
    return fresh


@transaction.atomic
def remove_entries(*, version_id: UUID, entries: Sequence[UUID], by: Actor) -> int:
    """Takes entries off a draft; how many. Side effects: the entries, an audit entry. Raises MoveNotAllowed."""
    version = _draft(version_id)
    removed = version.entries.filter(pk__in=entries).delete()[0]
    if removed:
        _record(actions.LIST_CHANGED, version, by, added=0, removed=removed)
    return removed


@transaction.atomic
def move_list_version(*, version_id: UUID, move: ListMove, by: Actor) -> RuleListVersion:
    """Proposes, approves, sends back or discards a version, and with its only version a list.

    Approved it is in force from now on, and what was in force before is replaced; rows from before stay judged by that.
    Side effects: the version or versions, an audit entry. Raises NotAPerson, MoveNotAllowed, ProposerCannotApprove.
    """
    person = person_for_actor(by)
    version = RuleListVersion.objects.select_for_update(of=("self",)).select_related("rule_list").get(pk=version_id)
    if version.state != _ORIGINS[move]:
        raise MoveNotAllowed(f"A version that is {version.get_state_display().lower()} cannot do this.")
    _record(actions.LIST_MOVED, version, by, move=move.label)
    if move == ListMove.DISCARD:
        version.delete()
        if not version.rule_list.versions.exists():
            version.rule_list.delete()
        return version
    if move == ListMove.PROPOSE and not version.entries.exists():
        raise MoveNotAllowed("Nothing is on the list yet.")
    if move == ListMove.APPROVE:
        if version.proposed_by_id == person.pk:
            raise ProposerCannotApprove("Another person approves what you proposed.")
        version.approved_by = person
        _put_in_force(version)
    else:
        version.proposed_by = person if move == ListMove.PROPOSE else None
        version.state = ListState.PROPOSED if move == ListMove.PROPOSE else ListState.DRAFT
    version.save(update_fields=["state", "live_from", "proposed_by", "approved_by"])
    return version


def ensure_shipped_lists() -> None:
    """Adds the lists that ship and do not exist yet, in force. Side effects: for each the list, a version, an audit entry."""
    known = set(RuleList.objects.values_list("name", flat=True))
    for shipped in shipped_lists(high_risk_countries()):
        if shipped.name not in known:
            _ship(shipped)


@transaction.atomic
def _ship(shipped: ShippedList) -> None:
    by = system_actor("shipped lists")
    made = RuleList.objects.create(
        name=shipped.name, title=shipped.title, holds=shipped.holds, purpose=shipped.purpose, source=shipped.source
    )
    version = RuleListVersion.objects.create(rule_list=made, number=1, drafted_by=by.name)
    _fill(version, dict.fromkeys(shipped.entries, ""))
    _put_in_force(version)
    version.save(update_fields=["state", "live_from"])
    _record(actions.LIST_MOVED, version, by, move="Put in force")


def _put_in_force(version: RuleListVersion) -> None:
    version.rule_list.versions.filter(state=ListState.LIVE).update(state=ListState.RETIRED)
    version.state, version.live_from = ListState.LIVE, now()


def _draft(version_id: UUID) -> RuleListVersion:
    version = RuleListVersion.objects.select_for_update(of=("self",)).select_related("rule_list").get(pk=version_id)
    if version.state != ListState.DRAFT:
        raise MoveNotAllowed("Only a draft can be changed.")
    return version


def _fill(version: RuleListVersion, notes: dict[str, str]) -> None:
    rows = [RuleListEntry(version=version, value=value, note=note) for value, note in notes.items()]
    RuleListEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["version", "value"], update_fields=["note"], batch_size=1000
    )


def _record(action: Action, version: RuleListVersion, by: Actor, **more: object) -> None:
    after = {"list": version.rule_list.name, "number": version.number, **more}
    record(action, by=by, object_type="rule_list", object_id=version.rule_list_id, stream="config", after=after)
