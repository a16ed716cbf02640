"""Reads of destinations: who may see which, how they are doing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import ApiClient
from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id
from notifications.channels import CHANNELS
from notifications.channels.base import Channel
from notifications.enums import OutboxState
from notifications.models import Destination, Lane, Outbox

_COUNTS = {
    "parked": Count("messages", filter=Q(messages__state=OutboxState.DEAD)),
    "waiting": Count("messages", filter=Q(messages__state=OutboxState.PENDING)),
}


def destinations_of(principal: Any) -> QuerySet[Destination]:
    """The destinations that `principal` may see, with what is parked and waiting: an API client its own, people all."""
    rows = Destination.objects.select_related("client", "created_by").annotate(**_COUNTS)
    return rows.filter(client=principal) if isinstance(principal, ApiClient) else rows


def destination_for(principal: Any, pk: object) -> Destination:
    """The destination with this id, if `principal` may see it; raises NotFound."""
    found = destinations_of(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such channel.")
    return found


def webhooks_of(principal: Any) -> QuerySet[Destination]:
    """The webhooks that `principal` may see."""
    return destinations_of(principal).filter(kind="webhook").prefetch_related("signing_secrets")


def webhook_for(principal: Any, pk: object) -> Destination:
    """The webhook with this id, if `principal` may see it; raises NotFound."""
    found = webhooks_of(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such webhook.")
    return found


def log_of(destination: Destination) -> QuerySet[Outbox]:
    """What was sent to the destination with every attempt, newest first."""
    return destination.messages.prefetch_related("attempts")


def locked_destination(pk: object) -> Destination:
    """The destination under a row lock; raises NotFound."""
    found = Destination.objects.select_for_update().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such channel.")
    return found


def lane_of(destination: Destination) -> Lane:
    """How the way to the destination is: failures in a row, and until when nothing is tried."""
    return Lane.objects.filter(pk=f"{destination.kind}:{destination.pk}").first() or Lane()


def is_paused(lane: Lane) -> bool:
    """True while the circuit is open."""
    return lane.open_until is not None and lane.open_until > now()


@dataclass(frozen=True)
class DestinationRow:
    """A destination with its channel and whether the way to it is paused after failures."""

    destination: Destination
    channel: Channel
    lane: Lane

    @property
    def state(self) -> str:
        if not self.destination.is_active:
            return "disabled"
        return "failing" if self.lane.failures else "active"


def destination_rows() -> list[DestinationRow]:
    """Every destination with how it is doing."""
    lanes = Lane.objects.in_bulk()
    rows = Destination.objects.select_related("client").annotate(**_COUNTS)
    return [DestinationRow(row, CHANNELS[row.kind], lanes.get(f"{row.kind}:{row.pk}") or Lane()) for row in rows]


def channels_out() -> list[Channel]:
    """The channels that leave the product, for filters."""
    return [channel for name, channel in CHANNELS.items() if name != "live"]
