"""Reads of the outbox: what is due, the log of deliveries."""

from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from accounts.models import ApiClient
from core.clock import now
from core.exceptions import NotFound
from core.ids import parse_id
from core.shared_clock import shared_now
from notifications.enums import OutboxState
from notifications.models import Lane, Outbox

_LIVE = "live"


def due_hints(limit: int) -> list[UUID]:
    """Live hints that are due, the oldest first."""
    return list(_due().filter(lane=_LIVE).order_by("run_at").values_list("pk", flat=True)[:limit])


def due_messages(limit: int) -> list[UUID]:
    """Of every lane that is free and whose circuit is closed, the message that is due longest."""
    moment = now()
    shut = Lane.objects.filter(Q(busy_until__gt=moment) | Q(open_until__gt=moment)).values_list("name", flat=True)
    waiting = _due().exclude(lane=_LIVE).exclude(lane__in=list(shut))
    lanes = waiting.order_by().values("lane").annotate(first=Min("run_at")).order_by("first")[:limit]
    found = (_due().filter(lane=row["lane"]).order_by("run_at").values_list("pk", flat=True).first() for row in lanes)
    return [key for key in found if key is not None]


def deliveries() -> QuerySet[Outbox]:
    """What left the product or is on its way, newest first; live hints are no deliveries."""
    return Outbox.objects.exclude(channel=_LIVE).select_related("destination")


def deliveries_of(principal: Any) -> QuerySet[Outbox]:
    """The deliveries that `principal` may see: an API client those to its own webhooks, people all."""
    rows = deliveries()
    return rows.filter(destination__client=principal) if isinstance(principal, ApiClient) else rows


def delivery_for(principal: Any, pk: object) -> Outbox:
    """The delivery with this id, if `principal` may see it; raises NotFound."""
    found = deliveries_of(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such delivery.")
    return found


def parked_count() -> int:
    """How many messages were given up and wait for somebody."""
    return deliveries().filter(state=OutboxState.DEAD).count()


def _due() -> QuerySet[Outbox]:
    return Outbox.objects.filter(state=OutboxState.PENDING, run_at__lte=shared_now())
