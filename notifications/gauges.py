"""What waits to leave the product."""

from collections.abc import Iterator

from django.db.models import Count, Min

from core.clock import now
from core.measuring import Gauge, register_gauge
from notifications.enums import OutboxState
from notifications.models import Lane, Outbox

Rows = Iterator[tuple[tuple[str, ...], float]]


def _pending() -> Rows:
    rows = Outbox.objects.filter(state=OutboxState.PENDING).order_by().values_list("channel")
    return (((channel,), number) for channel, number in rows.annotate(number=Count("id")))


def _oldest() -> Rows:
    oldest = Outbox.objects.filter(state=OutboxState.PENDING).aggregate(oldest=Min("created_at"))["oldest"]
    yield (), (now() - oldest).total_seconds() if oldest else 0.0


def _parked() -> Rows:
    yield (), Outbox.objects.filter(state=OutboxState.DEAD).count()


def _closed_lanes() -> Rows:
    yield (), Lane.objects.filter(open_until__gt=now()).count()


register_gauge(Gauge("probity_outbox_pending", "Messages that have not left yet, by channel.", _pending, ("channel",)))
register_gauge(Gauge("probity_outbox_oldest_seconds", "Age of the oldest message that has not left.", _oldest))
register_gauge(Gauge("probity_outbox_parked", "Messages that were given up.", _parked))
register_gauge(Gauge("probity_lanes_closed", "Destinations that nothing is sent to because they fail.", _closed_lanes))
