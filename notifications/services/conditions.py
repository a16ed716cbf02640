"""Conditions: what is wrong for a while is told once when it begins, when somebody takes it, and when it ends."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import NotFound
from notifications import actions
from notifications.events import EVENTS
from notifications.models import Condition, Destination
from notifications.services.outbox import put
from notifications.services.telling import Told, tell, tell_destinations


@transaction.atomic
def begin_condition(*, event: str, key: str, path: str, data: Mapping[str, Any], concerned: Iterable[User] = (),
                    queue_id: UUID | None = None) -> bool:  # fmt: skip
    """Tells that something is wrong, unless it is known; whether that was new. Side effects: the row, as `tell`."""
    condition, new = Condition.objects.get_or_create(
        key=key, ended_at=None, defaults={"event": event, "data": dict(data), "path": path}
    )
    if new:
        tell(_told(condition, "open", queue_id), concerned=concerned)
    return new


@transaction.atomic
def end_condition(*, key: str) -> bool:
    """Tells destinations that it is right again, where the event is one that ends; whether it was wrong."""
    condition = Condition.objects.select_for_update().filter(key=key, ended_at=None).first()
    if condition is None:
        return False
    condition.ended_at = now()
    condition.save(update_fields=["ended_at"])
    if EVENTS[condition.event].lasts:
        tell_destinations(_told(condition, "ended"))
    return True


@transaction.atomic
def take_condition(*, condition_id: UUID, by: Actor) -> Condition:
    """Somebody says to be on it: on-call services are told that it is acknowledged. Taking it twice changes nothing.

    Side effects: the row, messages in the outbox, an audit entry. Raises NotFound where it has ended.
    """
    person = person_for_actor(by)
    condition = Condition.objects.select_for_update().filter(pk=condition_id, ended_at=None).first()
    if condition is None:
        raise NotFound("This has ended already.")
    if condition.taken_by_id is None:
        condition.taken_by, condition.taken_at = person, now()
        condition.save(update_fields=["taken_by", "taken_at"])
        _tell_taken(condition, by.name)
        record(actions.CONDITION_TAKEN, by=by, object_type="condition", object_id=condition.pk,
               after={"event": condition.event, "key": condition.key})  # fmt: skip
    return condition


def _tell_taken(condition: Condition, name: str) -> None:
    """To those who were told that it began."""
    for row in Destination.objects.filter(is_active=True, messages__key__startswith=f"{_once(condition, 'open')}>"):
        payload = {"data": condition.data, "path": condition.path, "state": "taken", "key": condition.key, "name": name}
        put(channel=row.kind, event=condition.event, payload=payload, destination=row,
            key=f"{_once(condition, 'taken')}>{row.pk}")  # fmt: skip


def _told(condition: Condition, state: str, queue_id: UUID | None = None) -> Told:
    return Told(
        condition.event, condition.path, _once(condition, state), condition.data, queue_id=queue_id, state=state
    )


def _once(condition: Condition, state: str) -> str:
    return f"{condition.key}#{condition.pk.hex}{state}"
