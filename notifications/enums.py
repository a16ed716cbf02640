"""Closed sets of the notifications app."""

from django.db.models import TextChoices


class OutboxState(TextChoices):
    PENDING = "pending", "On its way"
    SENT = "sent", "Sent"
    DEAD = "dead", "Parked"


class Outcome(TextChoices):
    """How an attempt ended. Unknown: it may have arrived, but no answer said so."""

    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"
    UNKNOWN = "unknown", "No answer"


class Digest(TextChoices):
    NONE = "none", "At once"
    HOURLY = "hourly", "Every hour"
    DAILY = "daily", "Once a day"
