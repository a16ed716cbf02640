"""Reads of what administrators set: blueprints in force, queues, reason codes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.selectors import people_who_may
from cases.blueprints.assignment import AssignmentShape
from cases.blueprints.calendars import BusinessCalendar, Calendars, default_calendars
from cases.blueprints.checklists import Checklists
from cases.blueprints.deadlines import Deadlines
from cases.blueprints.kinds import KINDS
from cases.blueprints.priority import PriorityShape
from cases.enums import BlueprintKind, CaseStatus
from cases.models import Absence, Blueprint, Case, Queue, QueueMember, ReasonCode
from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id
from core.permissions import Permission
from customers.models import Customer


@dataclass(frozen=True)
class Blueprints:
    """What is in force of every kind; `scored_under` names the versions that a score rests on."""

    calendars: Calendars
    deadlines: Deadlines
    priority: PriorityShape
    checklists: Checklists
    assignment: AssignmentShape
    scored_under: str

    def calendar_of(self, queue: Queue) -> BusinessCalendar:
        """The business hours of a queue."""
        return self.calendars.named(queue.calendar)


def shipped_body(kind: BlueprintKind) -> dict[str, Any]:
    """What comes with the product: the office is in the installation's time zone."""
    return default_calendars(settings.TIME_ZONE) if kind == BlueprintKind.CALENDARS else KINDS[kind].shipped


def blueprints_in_force() -> Blueprints:
    """Every blueprint in force, in one query; what was never published is as it comes with the product."""
    return _blueprints(tuple(Blueprint.objects.filter(in_force=True).values_list("kind", "number", "pk")))


@lru_cache(maxsize=8)
def _blueprints(versions: tuple[tuple[str, int, UUID], ...]) -> Blueprints:
    """A published version never changes, so what was read once stays read."""
    bodies = {row.kind: row.body for row in Blueprint.objects.filter(pk__in=[pk for _, _, pk in versions])}
    shapes = {kind: item.read(bodies.get(kind) or shipped_body(kind))[0] for kind, item in KINDS.items()}
    numbers = {kind: number for kind, number, _ in versions}
    scoring = (BlueprintKind.CALENDARS, BlueprintKind.DEADLINES, BlueprintKind.PRIORITY)
    under = ".".join(str(numbers.get(kind, 0)) for kind in scoring)
    return Blueprints(**{str(kind): shape for kind, shape in shapes.items()}, scored_under=under)


def blueprint_versions(kind: BlueprintKind) -> QuerySet[Blueprint]:
    """Every version of one kind, newest first."""
    return Blueprint.objects.filter(kind=kind).order_by("-number")


def body_in_force(kind: BlueprintKind) -> dict[str, Any]:
    """The JSON in force of one kind."""
    row = Blueprint.objects.filter(kind=kind, in_force=True).first()
    return dict(row.body) if row else shipped_body(kind)


def customers_in_queue(queue: UUID) -> QuerySet[Customer]:
    """The customers with a case in this queue."""
    return Customer.objects.order_by().filter(pk__in=Case.objects.filter(queue=queue).order_by().values("customer"))


def queues() -> QuerySet[Queue]:
    return Queue.objects.all()


def queues_with_counts() -> QuerySet[Queue]:
    """Every queue with its open cases (`open_cases`) and its people."""
    counted = Count("cases", filter=Q(cases__needs_person_since__isnull=False) & ~Q(cases__status=CaseStatus.CLOSED))
    return Queue.objects.annotate(open_cases=counted).prefetch_related("memberships__person").order_by("name")


def queue_for(pk: object) -> Queue:
    """The queue with this id; raises NotFound."""
    found = Queue.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such queue.")
    return found


def members_of(queue: Queue) -> QuerySet[QueueMember]:
    """The people of a queue's team, by name."""
    return queue.memberships.select_related("person").order_by("person__last_name", "person__username")


def assignable_people() -> QuerySet[User]:
    """Everybody who may work cases."""
    return people_who_may(Permission.CASE_WORK)


def is_absent(person: User) -> bool:
    """True where the person takes no new cases now."""
    return Absence.objects.filter(Q(until__isnull=True) | Q(until__gt=now()), person=person).exists()


def reason_codes() -> QuerySet[ReasonCode]:
    """The reasons that may be given."""
    return ReasonCode.objects.filter(is_active=True)


def all_reason_codes() -> QuerySet[ReasonCode]:
    """Every reason, also those not given any more."""
    return ReasonCode.objects.all()


def reasons_for(decision: str) -> list[ReasonCode]:
    """The reasons that may be given for a decision."""
    return [row for row in reason_codes() if decision in row.kinds]


def reason_code_for(pk: object) -> ReasonCode:
    """The reason with this id; raises NotFound."""
    found = ReasonCode.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such reason code.")
    return found
