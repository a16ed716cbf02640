"""The outbox relay: queues that the dispatcher of every worker serves."""

from uuid import UUID

import structlog

from notifications.channels import CHANNELS
from notifications.channels.base import Receipt, Undelivered
from notifications.models import Outbox
from notifications.selectors.outbox import due_hints, due_messages
from notifications.selectors.parcels import parcel_for
from notifications.services import claim_message, settle_failed, settle_sent
from workflows.engine.due import register_due_source

_log = structlog.get_logger(__name__)


def send_message(message_id: UUID) -> None:
    """Sends one message; a channel that fails makes it due again later and holds nothing else up."""
    message = claim_message(message_id)
    if message is None:
        return
    try:
        receipt = _carry(message)
    except Undelivered as failure:
        _log.warning("message_not_sent", channel=message.channel, attempt=message.attempt, reason=failure.reason)
        settle_failed(message, failure)
    except Exception as error:  # the boundary: a channel's own mistake is a failed attempt, too
        _log.error("channel_failed", channel=message.channel, attempt=message.attempt, error=type(error).__name__)
        settle_failed(message, Undelivered(type(error).__name__))
    else:
        settle_sent(message, receipt)


def _carry(message: Outbox) -> Receipt:
    parcel = parcel_for(message)
    return CHANNELS[message.channel].send(parcel) if parcel else Receipt(answer="nothing was left to send")


register_due_source("live", due_hints, send_message)
register_due_source("outbox", due_messages, send_message, waits=True)
