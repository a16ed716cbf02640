"""Working a case: its transitions, snoozing, escalating, moving to another queue, who looked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from cases import actions
from cases.enums import CaseStatus
from cases.exceptions import TransitionNotPossible
from cases.models import Case
from cases.selectors import is_concealed, queue_for
from cases.services.opening import stream_of
from cases.services.scoring import score_case
from cases.signals import case_changed, case_escalated
from cases.states import Transition, transition, verbs_from
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput, NotFound, PermissionRefused
from core.words import said

_PROPOSED = {CaseStatus.PROPOSED, CaseStatus.REOPEN_PROPOSED}
_ESCALATION = 10


def locked_case(case_id: UUID, version: int | None = None) -> Case:
    """The case under a row lock. A `version` that is not the case's any more is a Conflict saying who changed what."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("customer__party", "queue")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise NotFound("There is no such case.")
    if version is not None and case.version != version:
        raise Conflict("Somebody changed this case since you opened it.", extra=_who_changed(case, version))
    return case


def _who_changed(case: Case, version: int) -> dict[str, Any]:
    newest = case.history.select_related("history_user").first()
    who = newest.history_user.actor.name if newest and newest.history_user else "the workflow"
    when = newest.history_date.isoformat() if newest else ""
    told = {"seen_version": version, "current_version": case.version, "changed_by": who, "changed_at": when}
    return told | {"case_status": case.get_status_display()}


def checked_transition(case: Case, verb: str, person: User, **inputs: object) -> Transition:
    """The transition `verb` for this person; raises TransitionNotPossible, PermissionRefused, InvalidInput."""
    refuse_concealed(case, person)
    found = transition(verb, case.status)
    if found is None:
        possible = ", ".join(dict.fromkeys(verbs_from(case.status))) or "nothing"
        raise TransitionNotPossible(
            said(
                "“{verb}” is not possible while the case is {status}. Possible: {possible}.",
                verb=verb,
                status=case.get_status_display().lower(),
                possible=possible,
            )
        )
    if not person.has_perm(found.permission):
        raise PermissionRefused("Your role does not allow this.")
    missing = [name for name in found.needs if not str(inputs.get(name) or "").strip()]
    if missing:
        raise InvalidInput(
            said("“{verb}” needs {missing}.", verb=verb, missing=", ".join(missing)),
            [Fault(f"/{name}", "is missing") for name in missing],
        )
    return found


def refuse_concealed(case: Case, person: User) -> None:
    """Raises TransitionNotPossible where the person may not know what became of the case; the words tell nothing."""
    if is_concealed(case, person):
        raise TransitionNotPossible("Somebody else works on this case.")


def move(case: Case, found: Transition, *, by: Actor, reason: str = "", **fields: object) -> None:
    """Moves the case along a transition. Side effects: the case with history, `case_changed`, an audit entry."""
    before = case.status
    case.claim_version()
    case.status = found.target
    case.proposer = case.proposer if found.target in _PROPOSED else None
    if found.target == CaseStatus.IN_REVIEW:
        case.lease_until = None  # what comes back to somebody stays theirs; a claim sets its lease itself
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()
    case_changed.send(Case, case_id=case.pk)
    record(
        actions.CASE_MOVED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        before={"status": before}, after={"status": case.status, "verb": found.verb}, reason=reason,
    )  # fmt: skip


@transaction.atomic
def snooze_case(*, case_id: UUID, until: datetime, reason: str, version: int | None = None, by: Actor) -> Case:
    """Puts a case aside until a time in the future; it wakes then, or on new evidence."""
    case = locked_case(case_id, version)
    found = checked_transition(case, "snooze", person_for_actor(by), until=until, reason=reason)
    if until <= now():
        raise InvalidInput("A case can be snoozed only into the future.", [Fault("/until", "is in the past")])
    move(case, found, by=by, reason=reason, snoozed_until=until)
    return case


@transaction.atomic
def wake_case(*, case_id: UUID, by: Actor) -> Case:
    """Takes a snoozed case up again."""
    case = locked_case(case_id)
    move(case, checked_transition(case, "wake", person_for_actor(by)), by=by, snoozed_until=None)
    return case


def wake_snoozed_cases() -> None:
    """Wakes every case whose time has come. A periodic task."""
    for pk in Case.objects.filter(status=CaseStatus.SNOOZED, snoozed_until__lte=now()).values_list("pk", flat=True):
        with transaction.atomic():
            case = locked_case(pk)
            found = transition("wake", case.status)
            if found is not None:
                move(case, found, by=system_actor("scheduler"), snoozed_until=None)


@transaction.atomic
def escalate_case(*, case_id: UUID, reason: str, version: int | None = None, by: Actor) -> Case:
    """Hands a case to somebody more senior: it goes back to the queue, unassigned, and never loses priority.

    Side effects: as `move`, and `case_escalated`.
    """
    case = locked_case(case_id, version)
    found = checked_transition(case, "escalate", person_for_actor(by), reason=reason)
    move(case, found, by=by, reason=reason, assignee=None, lease_until=None, boost=case.boost + _ESCALATION,
         priority=min(100, case.priority + _ESCALATION))  # fmt: skip
    case_escalated.send(Case, case_id=case.pk)
    return case


@transaction.atomic
def move_case_to_queue(*, case_id: UUID, queue_id: UUID, by: Actor) -> Case:
    """Moves a case into another queue, whose calendar and deadlines count from then on.

    Side effects: the case, `case_changed`, an audit entry. Raises NotFound, TransitionNotPossible for a closed case.
    """
    person, case = person_for_actor(by), locked_case(case_id)
    refuse_concealed(case, person)
    queue = queue_for(queue_id)
    if case.status == CaseStatus.CLOSED:
        raise TransitionNotPossible("A closed case stays in its queue.")
    before = case.queue.name
    case.claim_version()
    case.queue = queue
    score_case(case)
    case.save()
    case_changed.send(Case, case_id=case.pk)
    record(
        actions.CASE_REQUEUED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        before={"queue": before}, after={"queue": queue.name},
    )  # fmt: skip
    return case


@transaction.atomic
def record_case_view(*, case: Case, by: Actor) -> None:
    """Puts on the record that somebody opened the case."""
    record(
        actions.CASE_VIEWED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        subject_id=case.customer_id,
    )  # fmt: skip


@transaction.atomic
def record_peek(*, case: Case, by: Actor) -> None:
    """Puts on the record that somebody looked at the case without opening it."""
    record(
        actions.CASE_PEEKED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        subject_id=case.customer_id,
    )  # fmt: skip
