"""Periodic work of the notifications app."""

from notifications.services import purge_old_messages, send_held_mails, watch_deadlines, watch_filings, watch_screening
from workflows.engine.periodic import register_periodic

register_periodic("send held mails", 60, send_held_mails)
register_periodic("watch deadlines", 60, watch_deadlines)
register_periodic("watch clocks", 3600, watch_filings)
register_periodic("watch screening", 300, watch_screening)
register_periodic("purge old messages", 3600, purge_old_messages)
