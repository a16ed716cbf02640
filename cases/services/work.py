"""Working a case: claim, release, snooze, escalate, assign, comment."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.selectors import people_who_may, person_for_actor
from audit.services import record
from cases import actions
from cases.enums import CaseStatus
from cases.exceptions import AssignedToSomebodyElse, TransitionNotPossible
from cases.models import Case, Comment
from cases.services.opening import stream_of
from cases.signals import case_changed, people_mentioned
from cases.states import Transition, transition, verbs_from
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput, NotFound, PermissionRefused
from core.permissions import Permission

LEASE = timedelta(minutes=30)
_MENTION = re.compile(r"(?<![\w@])@([\w.+-]*\w)")


def locked_case(case_id: UUID, version: int | None = None) -> Case:
    """The case under a row lock. A `version` that is not the case's any more is a Conflict saying who changed what."""
    case = Case.objects.select_for_update(of=("self",)).select_related("customer__party").filter(pk=case_id).first()
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
    return told | {"status": case.get_status_display()}


def checked_transition(case: Case, verb: str, person: User, **inputs: object) -> Transition:
    """The transition `verb` for this person; raises TransitionNotPossible, PermissionRefused, InvalidInput."""
    found = transition(verb, case.status)
    if found is None:
        possible = ", ".join(dict.fromkeys(verbs_from(case.status))) or "nothing"
        raise TransitionNotPossible(
            f"“{verb}” is not possible while the case is {case.get_status_display().lower()}. Possible: {possible}."
        )
    if not person.has_perm(found.permission):
        raise PermissionRefused("Your role does not allow this.")
    missing = [name for name in found.needs if not str(inputs.get(name) or "").strip()]
    if missing:
        raise InvalidInput(
            f"“{verb}” needs {', '.join(missing)}.", [Fault(f"/{name}", "is missing") for name in missing]
        )
    return found


def move(case: Case, found: Transition, *, by: Actor, reason: str = "", **fields: object) -> None:
    """Moves the case along a transition. Side effects: the case with history, `case_changed`, an audit entry."""
    before = case.status
    case.claim_version()
    case.status = found.target
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()
    case_changed.send(Case, case_id=case.pk)
    record(
        actions.CASE_MOVED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        before={"status": before}, after={"status": case.status, "verb": found.verb}, reason=reason,
    )  # fmt: skip


@transaction.atomic
def claim_case(*, case_id: UUID, by: Actor) -> Case:
    """Takes a case to work on, with a lease of 30 minutes; taking one's own again renews the lease.

    Side effects: the case, `case_changed`, an audit entry. Raises AssignedToSomebodyElse, TransitionNotPossible.
    """
    person = person_for_actor(by)
    case = locked_case(case_id)
    if case.assignee_id not in {None, person.pk} and case.lease_until and case.lease_until > now():
        raise AssignedToSomebodyElse(f"{case.assignee.actor.name if case.assignee else ''} works on this case.")
    if case.status == CaseStatus.IN_REVIEW:
        _take_over(case, person, by)
        return case
    found = checked_transition(case, "claim", person)
    move(case, found, by=by, assignee=person, lease_until=now() + LEASE)
    return case


def _take_over(case: Case, person: User, by: Actor) -> None:
    taken = case.assignee_id != person.pk
    case.claim_version()
    case.assignee, case.lease_until = person, now() + LEASE
    case.save()
    if taken:
        case_changed.send(Case, case_id=case.pk)
        record(actions.CASE_CLAIMED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case))


@transaction.atomic
def claim_next_case(*, by: Actor) -> Case | None:
    """Claims the most urgent case that nobody works on; None where there is none. Two people never get the same.

    PostgreSQL skips rows that somebody else is claiming; SQLite has one writer, which is the same.
    """
    waiting = Case.objects.filter(
        Q(status__in=[CaseStatus.NEW, CaseStatus.ESCALATED]), needs_person_since__isnull=False, assignee=None
    ).order_by("-priority", "due_at")
    if connection.vendor == "postgresql":
        waiting = waiting.select_for_update(skip_locked=True)
    found = waiting.first()
    return claim_case(case_id=found.pk, by=by) if found else None


@transaction.atomic
def release_case(*, case_id: UUID, by: Actor) -> Case:
    """Gives a case back to its queue. Side effects: the case, `case_changed`, an audit entry."""
    case = locked_case(case_id)
    found = checked_transition(case, "release", person_for_actor(by))
    move(case, found, by=by, assignee=None, lease_until=None)
    return case


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
    """Hands a case to somebody more senior: it goes back to the queue, unassigned, and never loses priority."""
    case = locked_case(case_id, version)
    found = checked_transition(case, "escalate", person_for_actor(by), reason=reason)
    move(case, found, by=by, reason=reason, assignee=None, lease_until=None, priority=min(100, case.priority + 10))
    return case


@transaction.atomic
def assign_case(*, case_id: UUID, assignee: User, by: Actor) -> Case:
    """Gives a case to a person who may work cases. Side effects: the case, `case_changed`, an audit entry."""
    case = locked_case(case_id)
    case.claim_version()
    case.assignee, case.lease_until = assignee, now() + LEASE
    if case.status == CaseStatus.NEW:
        case.status = CaseStatus.IN_REVIEW
    case.save()
    case_changed.send(Case, case_id=case.pk)
    record(
        actions.CASE_ASSIGNED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        after={"assignee": assignee.username},
    )  # fmt: skip
    return case


@transaction.atomic
def comment_on_case(*, case_id: UUID, text: str, by: Actor) -> Comment:
    """Adds a comment; `@username` tells that colleague.

    Side effects: the comment, `case_changed`, `people_mentioned`, an audit entry.
    """
    person = person_for_actor(by)
    if not text.strip():
        raise InvalidInput("The comment is empty.", [Fault("/text", "is empty")])
    case = locked_case(case_id)
    comment = Comment.objects.create(case=case, author=person, text=text.strip())
    case_changed.send(Case, case_id=case.pk)
    mentioned = list(_mentioned(text).exclude(pk=person.pk).values_list("pk", flat=True))
    if mentioned:
        people_mentioned.send(Case, case_id=case.pk, number=case.number, person_ids=mentioned)
    record(
        actions.COMMENTED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        personal={"text": comment.text}, subject_id=case.customer_id,
    )  # fmt: skip
    return comment


def _mentioned(text: str) -> QuerySet[User]:
    """Those mentioned who may see cases: nobody learns of a case by a mention who could not open it."""
    return people_who_may(Permission.CASE_VIEW).filter(username__in=_MENTION.findall(text))


@transaction.atomic
def record_case_view(*, case: Case, by: Actor) -> None:
    """Puts on the record that somebody opened the case."""
    record(
        actions.CASE_VIEWED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        subject_id=case.customer_id,
    )  # fmt: skip
