"""What a person does with what they were told, how they want to be told, and mails that were held back."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault, InvalidInput
from core.ids import parse_id
from notifications.enums import Digest
from notifications.models import Notification, Preferences
from notifications.services.outbox import put
from notifications.texts import languages


@transaction.atomic
def mark_read(*, by: Actor, notification_id: UUID | None = None) -> int:
    """Marks one thing that a person was told as read, or everything; how much that was. Side effect: their other pages."""
    rows = Notification.objects.filter(person=parse_id(by.id), read_at=None)
    count = (rows.filter(pk=notification_id) if notification_id else rows).update(read_at=now())
    if count:
        put(channel="live", event="told", payload={"people": [by.id]})
    return count


@transaction.atomic
def save_preferences(*, language: str, time_zone: str, digest: Digest, digest_hour: int, quiet_from: time | None,
                     quiet_until: time | None, muted: Sequence[str], by: Actor) -> Preferences:  # fmt: skip
    """How the person wants to be told from now on. Raises InvalidInput. Not recorded: it is nobody else's business."""
    person = person_for_actor(by)
    _check_language(language)
    if time_zone not in available_timezones():
        raise InvalidInput("The time zone is not known.", [Fault("/time_zone", "is no zone", "such as Europe/Berlin")])
    if (quiet_from is None) != (quiet_until is None):
        raise InvalidInput("Quiet hours have a begin and an end.", [Fault("/quiet_until", "begin and end go together")])
    values = {
        "language": language, "time_zone": time_zone, "digest": digest, "digest_hour": digest_hour,
        "quiet_from": quiet_from, "quiet_until": quiet_until, "muted": sorted(muted),
    }  # fmt: skip
    return Preferences.objects.update_or_create(person=person, defaults=values)[0]


@transaction.atomic
def choose_language(*, language: str, by: Actor) -> Preferences:
    """The language of the person's pages and messages; raises InvalidInput. Not recorded, as above."""
    person = person_for_actor(by)
    _check_language(language)
    fresh = {"language": language, "time_zone": settings.TIME_ZONE}
    return Preferences.objects.update_or_create(person=person, defaults={"language": language}, create_defaults=fresh)[
        0
    ]


def _check_language(language: str) -> None:
    if language not in languages():
        raise InvalidInput("The language is not known.", [Fault("/language", "is not offered")])


def send_held_mails() -> None:
    """Gathers mails that were held back and are due, one a person. A periodic task."""
    people = Notification.objects.filter(mail_due_at__lte=now()).values_list("person", flat=True).distinct().order_by()
    for person in User.objects.filter(pk__in=list(people)):
        _send_held(person)


@transaction.atomic
def _send_held(person: User) -> None:
    rows = Notification.objects.select_for_update().filter(person=person, mail_due_at__lte=now())
    keys = [str(key) for key in rows.order_by("created_at").values_list("pk", flat=True)]
    if keys:
        payload: dict[str, object] = {"person": str(person.pk), "notifications": keys, "held": True}
        put(channel="email", event="digest", payload=payload)
        Notification.objects.filter(pk__in=keys).update(mail_due_at=None)
