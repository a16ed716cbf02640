"""The outbox relay: a queue that the dispatcher of every worker serves."""

from uuid import UUID

import structlog

from notifications.channels import CHANNELS
from notifications.services import claim_message, due_messages, settle_message
from workflows.engine.due import register_due_source

_log = structlog.get_logger(__name__)


def send_message(message_id: UUID) -> None:
    """Sends one message; a channel that fails makes it due again later and holds nothing else up."""
    message = claim_message(message_id)
    if message is None:
        return
    try:
        CHANNELS[message.channel].send(message.event, message.payload)
    except Exception as error:  # the boundary: whatever a channel raises is a failed attempt
        _log.warning("message_not_sent", channel=message.channel, attempt=message.attempt, error=type(error).__name__)
        settle_message(message, error=type(error).__name__)
    else:
        settle_message(message)


register_due_source("outbox", due_messages, send_message)
