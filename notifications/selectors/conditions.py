"""Reads of conditions, and of texts for the pages that shape them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from notifications.events import EVENTS, EventType, sample_data
from notifications.models import Condition, Notification
from notifications.selectors.wording import edited_texts, words_for
from notifications.texts import Words, fill, languages

_LATELY = 50


def open_conditions(person: Any) -> list[Condition]:
    """What is wrong right now and `person` may know of, newest first, each with a `subject` in words."""
    return _told(_visible(person).filter(ended_at=None))


def ended_conditions(person: Any) -> list[Condition]:
    """What was wrong lately."""
    return _told(_visible(person).exclude(ended_at=None).order_by("-ended_at")[:_LATELY])


def _told(rows: QuerySet[Condition]) -> list[Condition]:
    found, language = list(rows), translation.get_language() or settings.LANGUAGE_CODE
    for row in found:
        row.subject = fill(words_for(row.event, language).subject, row.data, language)
    return found


def _visible(person: Any) -> QuerySet[Condition]:
    codes = [event.code for event in EVENTS.values() if event.lasts and person.has_perm(event.needs)]
    return Condition.objects.filter(event__in=codes).select_related("taken_by")


@dataclass(frozen=True)
class TextRow:
    """An event and, for each language, whether its words were edited."""

    event: EventType
    edited: list[tuple[str, bool]]


def text_rows() -> list[TextRow]:
    """Every event with the state of its words."""
    edited = edited_texts()
    return [TextRow(event, [(code, (event.code, code) in edited) for code in languages()]) for event in EVENTS.values()]


def preview(event: str, language: str, subject: str, body: str) -> Words:
    """The words filled from the newest real event of this kind, else from a sample."""
    newest = Notification.objects.filter(event=event).exclude(data={}).first()
    data = (newest.data if newest else sample_data(EVENTS[event])) | {"link": settings.PUBLIC_URL + "/…"}
    return Words(fill(subject, data, language), fill(body, data, language))
