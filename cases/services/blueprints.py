"""Publishing blueprints, and changing queues, their people and reason codes. Each change is on the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from cases import actions
from cases.blueprints.kinds import KINDS
from cases.blueprints.reading import exact
from cases.enums import BlueprintKind, DecisionKind
from cases.models import Absence, Blueprint, Case, Queue, QueueMember, ReasonCode
from cases.selectors import blueprint_versions, blueprints_in_force, body_in_force
from core.actor import Actor
from core.exceptions import Fault, InvalidInput
from core.words import said
from monitoring.enums import AlertDisposition, AlertReason

_CONFIG = "config"


@transaction.atomic
def publish_blueprint(*, kind: BlueprintKind, body: Mapping[str, Any], by: Actor) -> Blueprint:
    """A new version of a blueprint, in force from now on; open cases are scored anew under it by periodic work.

    Side effects: the version, the former one out of force, an audit entry. Raises InvalidInput with every fault.
    """
    _, faults = KINDS[kind].read(body)
    if faults:
        raise InvalidInput(said("The blueprint “{label}” is not valid.", label=said(kind.label)), faults)
    before, newest = body_in_force(kind), blueprint_versions(kind).select_for_update().first()
    Blueprint.objects.filter(kind=kind, in_force=True).update(in_force=False)
    row = Blueprint.objects.create(
        kind=kind, number=newest.number + 1 if newest else 1, body=dict(body), published_by=by.name
    )
    record(
        actions.BLUEPRINT_PUBLISHED, by=by, object_type="blueprint", object_id=row.pk, stream=_CONFIG, before=exact(before),
        after={"kind": kind.label, "number": row.number, "body": exact(row.body)},
    )  # fmt: skip
    return row


@transaction.atomic
def save_queue(
    *,
    queue_id: UUID | None,
    name: str,
    sla_hours: int,
    calendar: str,
    auto_assign: bool,
    members: Mapping[UUID, int | None],
    by: Actor,
) -> Queue:
    """Makes or changes a queue and its team (`members`: a cap by person, None for the general one).

    Side effects: the queue, its memberships, its open cases marked for a new deadline where the calendar changed, an
    audit entry. Raises InvalidInput.
    """
    queue = Queue.objects.select_for_update().get(pk=queue_id) if queue_id else Queue()
    before = _queue_facts(queue) if queue_id else None
    _check_queue(queue, name, calendar)
    moved = queue_id is not None and (queue.calendar, queue.sla_hours) != (calendar, sla_hours)
    queue.name, queue.sla_hours, queue.calendar, queue.auto_assign = name.strip(), sla_hours, calendar, auto_assign
    queue.save()
    queue.memberships.all().delete()
    QueueMember.objects.bulk_create(QueueMember(queue=queue, person_id=pk, cap=cap) for pk, cap in members.items())
    if moved:
        Case.objects.filter(queue=queue).update(scored_under="")
    record(
        actions.QUEUE_SAVED, by=by, object_type="queue", object_id=queue.pk, stream=_CONFIG, before=before,
        after=_queue_facts(queue),
    )  # fmt: skip
    return queue


def _check_queue(queue: Queue, name: str, calendar: str) -> None:
    faults = []
    if not name.strip():
        faults.append(Fault("/name", "is empty"))
    elif Queue.objects.filter(name=name.strip()).exclude(pk=queue.pk).exists():
        faults.append(Fault("/name", "is the name of another queue"))
    calendars = blueprints_in_force().calendars.by_code
    if calendar not in calendars:
        faults.append(
            Fault("/calendar", "there is no such calendar", said("one of {calendars}", calendars=", ".join(calendars)))
        )
    if faults:
        raise InvalidInput("The queue is not valid.", faults)


def _queue_facts(queue: Queue) -> dict[str, object]:
    team = queue.memberships.values_list("person__username", "cap")
    return {
        "name": queue.name, "sla_hours": queue.sla_hours, "calendar": queue.calendar,
        "auto_assign": queue.auto_assign, "members": [{"person": name, "cap": cap} for name, cap in team],
    }  # fmt: skip


@transaction.atomic
def save_reason_code(
    *,
    reason_id: UUID | None,
    code: str,
    sentence: str,
    kinds: list[str],
    is_active: bool,
    alert_disposition: str = "",
    alert_reason: str = "",
    by: Actor,
) -> ReasonCode:
    """Makes or changes a reason code; the code of one that exists stays. Side effects: the row, an audit entry.

    Raises InvalidInput. A reason to dismiss must say as what it closes open alerts.
    """
    row = ReasonCode.objects.select_for_update().get(pk=reason_id) if reason_id else ReasonCode(code=code.strip())
    before = _reason_facts(row) if reason_id else None
    faults = _reason_faults(row, sentence, kinds, alert_disposition, alert_reason)
    if faults:
        raise InvalidInput("The reason code is not valid.", faults)
    row.sentence, row.kinds, row.is_active = sentence.strip(), kinds, is_active
    row.alert_disposition, row.alert_reason = alert_disposition, alert_reason
    row.save()
    record(
        actions.REASON_SAVED, by=by, object_type="reason_code", object_id=row.pk, stream=_CONFIG, before=before,
        after=_reason_facts(row),
    )  # fmt: skip
    return row


def _reason_faults(row: ReasonCode, sentence: str, kinds: list[str], disposition: str, reason: str) -> list[Fault]:
    faults = []
    if not row.code or ReasonCode.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        faults.append(Fault("/code", "is missing or taken", "a code of its own"))
    if not sentence.strip():
        faults.append(Fault("/sentence", "is empty"))
    if not kinds or set(kinds) - set(DecisionKind.values):
        faults.append(Fault("/kinds", "names no decision it may be given for", ", ".join(DecisionKind.values)))
    dismisses = DecisionKind.DISMISS in kinds
    if dismisses and (disposition not in AlertDisposition.values or reason not in AlertReason.values):
        faults.append(Fault("/alert_disposition", "a reason to dismiss says as what it closes alerts"))
    return faults


def _reason_facts(row: ReasonCode) -> dict[str, object]:
    names = ("code", "sentence", "kinds", "is_active", "alert_disposition", "alert_reason")
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def set_absence(*, absent: bool, until: datetime | None = None, by: Actor) -> None:
    """A person takes no new cases by themselves (until a time, or until they say otherwise), or takes them again."""
    person: User = person_for_actor(by)
    if absent:
        Absence.objects.update_or_create(person=person, defaults={"until": until})
    else:
        Absence.objects.filter(person=person).delete()
    record(
        actions.ABSENCE_SET, by=by, object_type="person", object_id=person.pk,
        after={"absent": "away" if absent else "here", "until": until},
    )  # fmt: skip
