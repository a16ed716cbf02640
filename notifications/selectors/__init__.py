"""Reads of the notifications app."""

from notifications.selectors.conditions import ended_conditions, open_conditions, preview, text_rows
from notifications.selectors.destinations import (
    channels_out,
    destination_for,
    destination_rows,
    destinations_of,
    is_paused,
    lane_of,
    log_of,
    webhook_for,
    webhooks_of,
)
from notifications.selectors.outbox import deliveries, deliveries_of, delivery_for, parked_count
from notifications.selectors.parcels import live_secrets
from notifications.selectors.people import (
    chosen_preferences,
    mail_is_on,
    notification_for,
    notifications_of,
    preferences_of,
    unread_count,
)
from notifications.selectors.rules import rules
from notifications.selectors.wording import versions_of, words_for
from notifications.texts import shipped

__all__ = [
    "channels_out", "chosen_preferences", "deliveries", "deliveries_of", "delivery_for", "destination_for",
    "destination_rows", "destinations_of", "ended_conditions", "is_paused", "lane_of", "live_secrets", "log_of",
    "mail_is_on", "notification_for", "notifications_of", "open_conditions", "parked_count", "preferences_of",
    "preview", "rules", "shipped", "text_rows", "unread_count", "versions_of", "webhook_for", "webhooks_of",
    "words_for",
]  # fmt: skip
