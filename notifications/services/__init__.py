"""Writes of the notifications app: telling, the outbox, channels that are set up, what people and administrators choose."""

from notifications.services.conditions import begin_condition, end_condition, take_condition
from notifications.services.destinations import (
    LONGEST_OVERLAP_HOURS,
    OVERLAP_HOURS,
    change_destination,
    change_webhook,
    create_destination,
    disable_destination,
    enable_destination,
    remove_destination,
    rotate_secret,
    try_destination,
)
from notifications.services.filings import watch_filings
from notifications.services.keeping import purge_old_messages, renew_keys
from notifications.services.outbox import claim_message, put, put_many
from notifications.services.people import choose_language, mark_read, save_preferences, send_held_mails
from notifications.services.redelivering import redeliver, redeliver_parked
from notifications.services.settling import settle_failed, settle_sent
from notifications.services.shaping import publish_text, save_rule, text_faults
from notifications.services.telling import Told, tell, tell_all, tell_destinations, tell_people
from notifications.services.watching import watch_deadlines, watch_screening

__all__ = [
    "LONGEST_OVERLAP_HOURS", "OVERLAP_HOURS", "Told", "begin_condition", "change_destination", "change_webhook", "choose_language",
    "claim_message", "create_destination", "disable_destination", "enable_destination", "end_condition", "mark_read",
    "publish_text", "purge_old_messages", "put", "put_many", "redeliver", "redeliver_parked", "remove_destination", "renew_keys",
    "rotate_secret", "save_preferences", "save_rule", "send_held_mails", "settle_failed", "settle_sent",
    "take_condition", "tell", "tell_all", "tell_destinations", "tell_people", "text_faults", "try_destination",
    "watch_deadlines", "watch_filings", "watch_screening",
]  # fmt: skip
