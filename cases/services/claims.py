"""Who works a case: claiming, the next one, leases, giving back, assigning by hand or to the least loaded."""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from cases import actions
from cases.blueprints.assignment import Worker, least_loaded
from cases.enums import CaseStatus
from cases.exceptions import AssignedToSomebodyElse, TransitionNotPossible
from cases.models import IN_QUEUE, Absence, Case, Queue
from cases.selectors import assignable_people, blueprints_in_force, is_concealed
from cases.services.opening import stream_of
from cases.services.work import checked_transition, locked_case, move
from cases.signals import case_assigned, case_changed
from cases.states import transition
from core.actor import Actor, system_actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.permissions import Permission

_WAITING = (CaseStatus.NEW, CaseStatus.ESCALATED, CaseStatus.IN_REVIEW)
_UNDER_WAY = (CaseStatus.IN_REVIEW, CaseStatus.WAITING_INFO)
_BATCH = 50


def _lease() -> timedelta:
    return timedelta(minutes=blueprints_in_force().assignment.lease_minutes)


@transaction.atomic
def claim_case(*, case_id: UUID, by: Actor) -> Case:
    """Takes a case to work on, with a lease; taking one's own again renews the lease.

    Side effects: the case, `case_changed`, an audit entry. Raises AssignedToSomebodyElse, TransitionNotPossible.
    """
    person = person_for_actor(by)
    case = locked_case(case_id)
    held = case.lease_until is None or case.lease_until > now()
    if case.assignee_id not in {None, person.pk} and held:
        raise AssignedToSomebodyElse(f"{case.assignee.actor.name if case.assignee else ''} works on this case.")
    if case.status == CaseStatus.IN_REVIEW:
        _take_over(case, person, by)
        return case
    move(case, checked_transition(case, "claim", person), by=by, assignee=person)
    Case.objects.filter(pk=case.pk).update(lease_until=now() + _lease())
    case.refresh_from_db(fields=["lease_until"])
    return case


def _take_over(case: Case, person: User, by: Actor) -> None:
    taken = case.assignee_id != person.pk
    case.lease_until = now() + _lease()
    if not taken:
        Case.objects.filter(pk=case.pk).update(lease_until=case.lease_until)
        return
    case.claim_version()
    case.assignee = person
    case.save()
    case_changed.send(Case, case_id=case.pk)
    record(actions.CASE_CLAIMED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case))


@transaction.atomic
def claim_next_case(*, queue_id: UUID | None = None, by: Actor) -> Case | None:
    """Claims the most urgent case of the person's queues that nobody works on; None where there is none.

    Two people never get the same: PostgreSQL skips rows that somebody else is claiming; SQLite has one writer, and the
    conditional update says whether the case was still free. What is escalated goes to those who may approve.
    """
    person = person_for_actor(by)
    waiting = waiting_for(person, queue_id)
    if connection.vendor == "postgresql":
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    for pk in waiting.values_list("pk", flat=True)[:1]:
        if Case.objects.filter(pk=pk, assignee=None).update(lease_until=now() + _lease()):
            return claim_case(case_id=pk, by=by)
    return None


def waiting_for(person: User, queue_id: UUID | None = None) -> QuerySet[Case]:
    """The cases that nobody works on in the person's queues (without a team: everybody's), the most urgent first."""
    everybodys = Queue.objects.filter(memberships=None).values("pk")
    mine = Q(queue__in=person.queues.values("pk")) | Q(queue__in=everybodys)
    rows = Case.objects.filter(IN_QUEUE & mine, status__in=_WAITING, assignee=None)
    if not person.has_perm(Permission.DECISION_APPROVE):
        rows = rows.exclude(status=CaseStatus.ESCALATED)
    rows = rows.filter(queue=queue_id) if queue_id else rows
    return rows.order_by("-priority", "due_at", "id")


@transaction.atomic
def renew_lease(*, case_id: UUID, by: Actor) -> bool:
    """Renews the lease of one's own claim while its page is open; False where it is not (any more) one's own."""
    person = person_for_actor(by)
    rows = Case.objects.filter(pk=case_id, assignee=person, status=CaseStatus.IN_REVIEW, lease_until__isnull=False)
    return bool(rows.update(lease_until=now() + _lease()))


@transaction.atomic
def release_case(*, case_id: UUID, by: Actor) -> Case:
    """Gives one's own case back to its queue; whoever takes a case from another assigns it.

    Side effects: the case, `case_changed`, an audit entry. Raises TransitionNotPossible, AssignedToSomebodyElse.
    """
    case, person = locked_case(case_id), person_for_actor(by)
    found = checked_transition(case, "release", person)
    if case.assignee_id not in {None, person.pk}:
        raise AssignedToSomebodyElse("Somebody else works on this case.")
    move(case, found, by=by, assignee=None, lease_until=None)
    return case


def release_expired_claims() -> None:
    """Gives cases whose lease ran out back to their queues, where the blueprint says so. A periodic task."""
    if not blueprints_in_force().assignment.return_when_lease_ends:
        return
    expired = Case.objects.filter(status=CaseStatus.IN_REVIEW, lease_until__lt=now())
    for pk in expired.values_list("pk", flat=True)[:_BATCH]:
        with transaction.atomic():
            case = locked_case(pk)
            found = transition("release", case.status)
            if found is not None and case.lease_until and case.lease_until < now():
                move(case, found, by=system_actor("scheduler"), reason="the lease ran out", assignee=None,
                     lease_until=None)  # fmt: skip


@transaction.atomic
def assign_case(*, case_id: UUID, assignee: User, by: Actor) -> Case:
    """Gives a case to a person who may work cases, without a lease: it is theirs until somebody changes that.

    Side effects: the case, `case_changed`, `case_assigned` where somebody else did it, an audit entry. Raises
    InvalidInput, TransitionNotPossible for a closed case.
    """
    if not assignee.is_active or not assignee.has_perm(Permission.CASE_WORK):
        raise InvalidInput("Cases go to people who may work them.", [Fault("/assignee", "may not work cases")])
    case = locked_case(case_id)
    if case.status == CaseStatus.CLOSED and not _looks_open(case, by):
        raise TransitionNotPossible("A closed case is nobody's work.")
    case.claim_version()
    case.assignee, case.lease_until = assignee, None
    if case.status in {CaseStatus.NEW, CaseStatus.ESCALATED}:
        case.status = CaseStatus.IN_REVIEW
    case.save()
    case_changed.send(Case, case_id=case.pk)
    if str(assignee.pk) != by.id:
        case_assigned.send(Case, case_id=case.pk, person_id=assignee.pk)
    record(
        actions.CASE_ASSIGNED, by=by, object_type="case", object_id=case.pk, stream=stream_of(case),
        after={"assignee": assignee.username},
    )  # fmt: skip
    return case


def _looks_open(case: Case, by: Actor) -> bool:
    """True for who may not know that the case was closed by a report: refusing would tell (tipping off)."""
    return by.is_person and is_concealed(case, person_for_actor(by))


def assign_waiting_cases() -> None:
    """Gives new cases of queues with automatic assignment to the least loaded of their team. A periodic task.

    Nobody gets more than their cap, nobody who is away gets any; what is left over waits in the queue.
    """
    for queue in Queue.objects.filter(auto_assign=True):
        waiting = Case.objects.filter(IN_QUEUE, queue=queue, status=CaseStatus.NEW, assignee=None)
        for case in waiting.order_by("-priority", "due_at", "id")[:_BATCH]:
            chosen = least_loaded(workers_of(queue))
            if chosen is None:
                break
            assign_case(case_id=case.pk, assignee=User.objects.get(pk=chosen.person),
                        by=system_actor("automatic assignment"))  # fmt: skip


def workers_of(queue: Queue) -> list[Worker]:
    """The queue's team (without one: everybody who may work cases) with what each has to do now."""
    caps = dict(queue.memberships.values_list("person", "cap"))
    general = blueprints_in_force().assignment.cap
    away = set(Absence.objects.filter(Q(until=None) | Q(until__gt=now())).values_list("person", flat=True))
    people = assignable_people().filter(pk__in=caps) if caps else assignable_people()
    counted = people.annotate(load=Count("cases", filter=Q(cases__status__in=_UNDER_WAY)))
    return [Worker(person.pk, person.load, caps.get(person.pk) or general, person.pk not in away) for person in counted]
