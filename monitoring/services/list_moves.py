"""What people do with versions of lists: propose, approve into force, send back, discard, take back; and the lists that ship."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from core.actor import Actor, system_actor
from core.clock import now
from core.words import said
from customers.selectors import high_risk_countries
from monitoring import actions
from monitoring.enums import ListMove, ListState
from monitoring.exceptions import MoveNotAllowed, ProposerCannotApprove
from monitoring.lists import ShippedList, shipped_lists
from monitoring.models import RuleList, RuleListVersion
from monitoring.services.lists import OPEN, begins_at, fill_version, record_list

_ORIGINS = {
    ListMove.PROPOSE: ListState.DRAFT,
    ListMove.APPROVE: ListState.PROPOSED,
    ListMove.REJECT: ListState.PROPOSED,
    ListMove.DISCARD: ListState.DRAFT,
    ListMove.WITHDRAW: ListState.LIVE,
}
_MOVED = ["state", "live_from", "live_until", "proposed_by", "approved_by", "approved_at"]


@transaction.atomic
def move_list_version(*, version_id: UUID, move: ListMove, by: Actor) -> RuleListVersion:
    """Proposes, approves, sends back, discards (with its only version a list) or takes back a version.

    Approved it is in force from the day it names, else from now on, and what was in force before is until then; rows from
    before stay judged by that. What is approved and not in force yet can be taken back into a draft.
    Side effects: the version or versions, an audit entry. Raises NotAPerson, MoveNotAllowed, ProposerCannotApprove,
    InvalidInput where it would begin before what was approved last.
    """
    person = person_for_actor(by)
    version = RuleListVersion.objects.select_for_update(of=("self",)).select_related("rule_list").get(pk=version_id)
    if version.state != _ORIGINS[move] or (move == ListMove.WITHDRAW and not version.is_ahead):
        raise MoveNotAllowed(said("A version that is {standing} cannot do this.", standing=version.standing))
    record_list(actions.LIST_MOVED, version, by, move=move.label)
    if move == ListMove.DISCARD:
        version.delete()
        if not version.rule_list.versions.exists():
            version.rule_list.delete()
        return version
    if move == ListMove.PROPOSE:
        _propose(version, person)
    elif move == ListMove.APPROVE:
        if version.proposed_by_id == person.pk:
            raise ProposerCannotApprove("Another person approves what you proposed.")
        version.approved_by = person
        _put_in_force(version)
    else:
        _back_to_draft(version)
    version.save(update_fields=_MOVED)
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
    fill_version(version, dict.fromkeys(shipped.entries, ""))
    _put_in_force(version)
    version.save(update_fields=_MOVED)
    record_list(actions.LIST_MOVED, version, by, move="Put in force")


def _propose(version: RuleListVersion, person: User) -> None:
    if not version.entries.exists():
        raise MoveNotAllowed("Nothing is on the list yet.")
    begins_at(version, now())
    version.proposed_by, version.state = person, ListState.PROPOSED


def _put_in_force(version: RuleListVersion) -> None:
    moment = now()
    version.live_from, version.approved_at = begins_at(version, moment), moment
    others = version.rule_list.versions
    others.filter(state=ListState.LIVE).update(state=ListState.RETIRED, live_until=version.live_from)
    version.state = ListState.LIVE


def _back_to_draft(version: RuleListVersion) -> None:
    """A version that was approved gives its place back to the one before."""
    others = version.rule_list.versions
    if version.live_from is not None:
        if others.filter(state__in=OPEN).exists():
            raise MoveNotAllowed("There is another draft: discard that one first.")
        former = others.filter(live_from__lt=version.live_from).order_by("-live_from").first()
        version.state, version.live_from, version.approved_by, version.approved_at = ListState.DRAFT, None, None, None
        version.save(update_fields=_MOVED)  # only one version may be the newest approved one
        if former is not None:
            former.state, former.live_until = ListState.LIVE, None
            former.save(update_fields=["state", "live_until"])
    version.state, version.proposed_by = ListState.DRAFT, None
