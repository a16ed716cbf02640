"""Closed sets of requests for information."""

from django.db.models import TextChoices


class RequestState(TextChoices):
    OPEN = "open", "Waiting for the customer"
    ANSWERED = "answered", "Answered"
    EXPIRED = "expired", "Expired"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ItemKind(TextChoices):
    DOCUMENT = "document", "A document"
    QUESTION = "question", "An answer in words"
