"""Reads of the words of messages: the newest version, else what ships."""

from django.db.models import QuerySet

from notifications.models import MessageText
from notifications.texts import Words, languages, shipped


def words_for(event: str, language: str) -> Words:
    """The words in force for an event in a language; English's where the language is not known any more."""
    known = language if language in languages() else "en"
    newest = versions_of(event, known).first()
    return Words(newest.subject, newest.body) if newest else shipped(event, known)


def versions_of(event: str, language: str) -> QuerySet[MessageText]:
    """Every version of the words, newest first."""
    return MessageText.objects.filter(event=event, language=language).select_related("author").order_by("-number")


def edited_texts() -> set[tuple[str, str]]:
    """(event, language) of every text that differs from what ships."""
    return set(MessageText.objects.values_list("event", "language"))
