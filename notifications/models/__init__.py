"""Tables of the notifications app: the outbox, channels that are set up, what people are told and how they want it."""

from notifications.models.channels import Destination, Lane, SigningSecret
from notifications.models.outbox import Attempt, Outbox
from notifications.models.people import Notification, Preferences
from notifications.models.rules import Condition, EventRule, MessageText

__all__ = [
    "Attempt", "Condition", "Destination", "EventRule", "Lane", "MessageText", "Notification", "Outbox", "Preferences",
    "SigningSecret",
]  # fmt: skip
