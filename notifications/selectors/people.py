"""Reads of what people were told and how they want to be told."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from core.exceptions import NotFound
from core.ids import parse_id
from notifications.events import EVENTS
from notifications.models import Notification, Preferences


def notifications_of(person: Any, *, only_unread: bool = False, group: str = "") -> QuerySet[Notification]:
    """What the person was told in the product, newest first."""
    rows = Notification.objects.filter(person=person.pk, is_shown=True)
    rows = rows.filter(read_at=None) if only_unread else rows
    return rows.filter(event__in=[e.code for e in EVENTS.values() if e.group == group]) if group else rows


def unread_count(person: Any) -> int:
    """How much of it the person has not read."""
    return notifications_of(person, only_unread=True).count()


def notification_for(person: Any, pk: object) -> Notification:
    """One thing that this person was told; raises NotFound."""
    found = notifications_of(person).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such notification.")
    return found


def preferences_of(person: User) -> Preferences:
    """How the person wants to be told; the defaults where they never chose."""
    return chosen_preferences(person) or Preferences(person=person, time_zone=settings.TIME_ZONE)


def chosen_preferences(person: User) -> Preferences | None:
    """What the person chose; None where they never did."""
    return Preferences.objects.filter(person=person).first()


def mail_is_on() -> bool:
    """Whether a mail server is configured."""
    return bool(settings.EMAIL_HOST)
