"""How an attempt ended: sent, due again, or parked; and what that says about the way there."""

import random
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from core.actor import system_actor
from core.clock import now
from notifications.channels import CHANNELS
from notifications.channels.base import Receipt, Undelivered
from notifications.enums import OutboxState, Outcome
from notifications.models import Attempt, Destination, Lane, Outbox
from notifications.services.destinations import disable_destination
from notifications.services.outbox import LIVE

DISABLE_AFTER = 20  # failures in a row
_OPEN_AFTER = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 30, 900
_JITTER = 0.2


@transaction.atomic
def settle_sent(message: Outbox, receipt: Receipt) -> None:
    """The message arrived. Side effects: the row, the log, the lane free and its circuit closed."""
    _settle(message, state=OutboxState.SENT, sent_at=now(), error="", unanswered=False)
    if message.lane != LIVE:
        _log(message, Outcome.DELIVERED, receipt)
        Lane.objects.filter(pk=message.lane).update(busy_until=None, open_until=None, failures=0, failing_since=None)


@transaction.atomic
def settle_failed(message: Outbox, failure: Undelivered) -> None:
    """It did not arrive, as far as anybody knows: due again after a while, or parked after the channel's attempts.

    Side effects: the row, the log, the lane free; after three failures in a row its circuit open for a while; after
    twenty, or where the other side wants no more, the destination disabled and administrators told.
    """
    waits = CHANNELS[message.channel].waits
    unknown = failure.maybe_taken
    if failure.final or failure.gone or message.attempt > len(waits):
        _settle(message, state=OutboxState.DEAD, error=failure.reason[:200], unanswered=unknown)
    else:
        pause = waits[message.attempt - 1] * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - spreads load
        due = now() + timedelta(seconds=max(pause, failure.wait))
        _settle(message, run_at=due, error=failure.reason[:200], unanswered=unknown)
    if message.lane != LIVE:
        _log(message, Outcome.UNKNOWN if unknown else Outcome.FAILED, failure.receipt, failure.reason)
        _mark_lane(message, failure)


def _settle(message: Outbox, **fields: object) -> None:
    """Only where the claim is still this attempt's: a sender that slept through its claim changes nothing."""
    Outbox.objects.filter(pk=message.pk, attempt=message.attempt, state=OutboxState.PENDING).update(**fields)


def _log(message: Outbox, outcome: Outcome, receipt: Receipt, error: str = "") -> None:
    Attempt.objects.create(
        message=message, number=message.attempt, outcome=outcome, status=receipt.status, error=error[:200],
        milliseconds=receipt.milliseconds, request=receipt.request, answer=receipt.answer,
    )  # fmt: skip


def _mark_lane(message: Outbox, failure: Undelivered) -> None:
    """What is wrong with one message is not the lane's fault; a wait that was asked for holds the whole lane."""
    lane = Lane.objects.select_for_update().get(pk=message.lane)
    lane.busy_until = None
    if failure.wait:
        lane.open_until = now() + timedelta(seconds=failure.wait)
    elif not failure.final:
        lane.failures += 1
        lane.failing_since = lane.failing_since or now()
        if lane.failures >= _OPEN_AFTER:
            pause = min(_FIRST_PAUSE * 2 ** min(lane.failures - _OPEN_AFTER, 10), _LONGEST_PAUSE)
            lane.open_until = now() + timedelta(seconds=pause)
    lane.save()
    if message.destination_id and (failure.gone or lane.failures >= DISABLE_AFTER):
        _disable(message.destination_id, failure, lane.failures)


def _disable(destination_id: UUID, failure: Undelivered, failures: int) -> None:
    destination = Destination.objects.get(pk=destination_id)
    if destination.is_active:
        reason = (
            "It answered 410: gone" if failure.gone else f"{failures} failures in a row, the last: {failure.reason}"
        )
        disable_destination(destination_id=destination.pk, reason=reason, by=system_actor("outbox"))
