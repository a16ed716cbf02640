"""Telling people and destinations of an event, inside the transaction of its cause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from accounts.models import User
from accounts.selectors import people
from core.clock import now
from core.language import in_words
from notifications.events import EVENTS
from notifications.hours import held_until
from notifications.models import Destination, Notification, Preferences
from notifications.selectors.people import preferences_of
from notifications.selectors.rules import rule_for
from notifications.selectors.wording import words_for
from notifications.services.outbox import LIVE, put
from notifications.texts import fill


@dataclass(frozen=True)
class Told:
    """An event as it happened: what it is about (ids and numbers), the page it leads to, and a key that is the same
    whenever the same cause is told again. `queue_id` and `client_id` narrow which destinations hear of it. `inside` is
    what the product itself shows where that may say more than what leaves it: parts that are said in the reader's language.
    """

    event: str
    path: str
    key: str
    data: Mapping[str, Any] = field(default_factory=dict)
    queue_id: UUID | None = None
    client_id: UUID | None = None
    state: str = ""
    inside: tuple[str, ...] = ()


def tell(told: Told, *, concerned: Iterable[User] = (), besides: Iterable[object] = ()) -> None:
    """Tells those concerned, the roles that the rule names (without `besides`), and every destination that subscribed.

    Side effects: notifications, live hints, e-mails and messages in the outbox; once for each key. An event that an
    administrator turned off tells nobody.
    """
    event = EVENTS[told.event]
    rule = rule_for(event)
    if not rule.is_on:
        return
    left_out = {str(key) for key in besides}
    roles = people().filter(is_active=True, role__in=rule.roles)
    heard = {person.pk: person for person in [*concerned, *roles] if person.has_perm(event.needs)}
    tell_people(told, [person for key, person in heard.items() if str(key) not in left_out])
    tell_destinations(told)


def tell_all(several: Sequence[Told]) -> None:
    """As `tell` for events of one kind that concern nobody in particular: what is set up is looked up once."""
    if not several:
        return
    event = EVENTS[several[0].event]
    rule = rule_for(event)
    if not rule.is_on:
        return
    heard = [person for person in people().filter(is_active=True, role__in=rule.roles) if person.has_perm(event.needs)]
    destinations = list(Destination.objects.filter(is_active=True))
    for told in several:
        if heard:
            tell_people(told, heard)
        tell_destinations(told, destinations)


def tell_people(told: Told, heard: Iterable[User]) -> None:
    """Tells people in the product, and by e-mail where mail is set up, each as they prefer; nobody twice."""
    known = set(Notification.objects.filter(key=told.key[:200]).values_list("person", flat=True))
    new = [person for person in heard if person.pk not in known]
    if not new:
        return
    wishes = Preferences.objects.filter(person__in=new).in_bulk(field_name="person_id")
    rows = [_notification(told, person, wishes.get(person.pk) or preferences_of(person)) for person in new]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    put(channel=LIVE, event="told", payload={"people": [str(person.pk) for person in new]})
    for row in rows:
        if row.mails_now:
            put(channel="email", event=told.event, key=f"{told.key}@{row.person_id}"[:200],
                payload={"person": str(row.person_id), "notifications": [str(row.pk)]})  # fmt: skip


def tell_destinations(told: Told, active: Sequence[Destination] | None = None) -> None:
    """Puts a message into the outbox for every active destination that subscribed to the event, unless it stays inside."""
    if EVENTS[told.event].stays_inside:
        return
    for destination in _subscribers(told, Destination.objects.filter(is_active=True) if active is None else active):
        payload = {"data": dict(told.data), "path": told.path, "state": told.state, "key": _incident(told)}
        put(channel=destination.kind, event=told.event, payload=payload, destination=destination,
            key=f"{told.key}>{destination.pk}"[:200])  # fmt: skip


def _notification(told: Told, person: User, wish: Preferences) -> Notification:
    event = EVENTS[told.event]
    has_mail = bool(settings.EMAIL_HOST and person.email) and not event.stays_inside
    by_mail = has_mail and f"{event.code}:email" not in wish.muted
    held = held_until(wish, now(), urgent=event.urgent) if by_mail else None
    row = Notification(
        person=person, key=told.key[:200], event=event.code, data=dict(told.data), url=told.path, mail_due_at=held,
        text=_text(told, wish.language)[:200],
        is_shown=event.urgent or f"{event.code}:product" not in wish.muted,
    )  # fmt: skip
    row.mails_now = by_mail and held is None
    return row


def _text(told: Told, language: str) -> str:
    """What the product shows, in the language of whoever reads it."""
    if not told.inside:
        return fill(words_for(told.event, language).subject, told.data, language)
    with translation.override(language):
        return ": ".join(in_words(part) for part in told.inside)


def _subscribers(told: Told, active: Iterable[Destination]) -> list[Destination]:
    return [
        row for row in active
        if told.event in row.events and _hears_queue(row, told.queue_id) and row.client_id in {None, told.client_id}
    ]  # fmt: skip


def _hears_queue(destination: Destination, queue_id: UUID | None) -> bool:
    return not destination.queues or queue_id is None or str(queue_id) in destination.queues


def _incident(told: Told) -> str:
    """What PagerDuty knows the incident by: the same for a condition's begin and end."""
    return told.key.partition("#")[0]
