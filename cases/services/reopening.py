"""Opening a closed case again: asked by one person, approved by another."""

from uuid import UUID

from django.db import transaction

from accounts.selectors import person_for_actor
from cases.exceptions import ProposerCannotApprove
from cases.models import Reopening
from cases.services.scoring import score_case
from cases.services.work import checked_transition, locked_case, move
from core.actor import Actor
from core.clock import now
from core.exceptions import NotFound


@transaction.atomic
def propose_reopening(*, case_id: UUID, reason: str, version: int | None = None, by: Actor) -> Reopening:
    """Asks for a closed case to be opened again. Side effects: the request, the case, an audit entry."""
    person = person_for_actor(by)
    case = locked_case(case_id, version)
    found = checked_transition(case, "propose reopening", person, reason=reason)
    reopening = Reopening.objects.create(case=case, reason=reason, proposed_by=person)
    case.proposer = person
    move(case, found, by=by, needs_person_since=case.needs_person_since or now())
    return reopening


@transaction.atomic
def settle_reopening(*, reopening_id: UUID, approve: bool, note: str = "", by: Actor) -> Reopening:
    """A second person opens the case again with a new deadline, or leaves it closed.

    Side effects: the request, the case, an audit entry. Raises ProposerCannotApprove, NotFound.
    """
    person = person_for_actor(by)
    reopening = Reopening.objects.select_for_update().filter(pk=reopening_id, approved=None).first()
    if reopening is None:
        raise NotFound("There is no such request, or it is settled.")
    case = locked_case(reopening.case_id)
    verb = "approve reopening" if approve else "refuse reopening"
    found = checked_transition(case, verb, person, note=note)
    if reopening.proposed_by_id == person.pk:
        raise ProposerCannotApprove("You asked for this; somebody else must settle it.")
    reopening.approved, reopening.settled_by = approve, person
    reopening.save()
    fields: dict[str, object] = {"closed_at": None, "assignee": None} if approve else {}
    if approve:
        case.clock_started_at, case.paused_since, case.paused_minutes = now(), None, 0
        score_case(case, anew=True)
    move(case, found, by=by, reason=note, **fields)
    return reopening
