"""Writing to the outbox, claiming what is due. Writing happens inside the transaction of the cause."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from core.shared_clock import shared_now
from notifications.enums import OutboxState
from notifications.models import Destination, Lane, Outbox
from workflows.engine.due import wake

LIVE = "live"
_CLAIM = timedelta(seconds=90)  # longer than any channel may take


def put(*, channel: str, event: str, payload: Mapping[str, object], destination: Destination | None = None,
        key: str | None = None, run_at: datetime | None = None) -> None:  # fmt: skip
    """A message to send after the commit; nothing where one with this `key` was put before.

    Side effects: the row; after the commit the workers are woken.
    """
    lane = f"{channel}:{destination.pk}" if destination else channel
    values = {"channel": channel, "event": event, "payload": payload, "destination": destination, "lane": lane,
              "run_at": run_at or shared_now()}  # fmt: skip
    if key is None:
        Outbox.objects.create(**values)
    else:
        Outbox.objects.get_or_create(key=key, defaults=values)
    transaction.on_commit(wake)


def put_many(*, channel: str, event: str, payloads: Iterable[Mapping[str, object]]) -> None:
    """As `put` for many that go to no destination. Side effects: the rows; after the commit the workers are woken."""
    moment = shared_now()
    rows = [Outbox(channel=channel, event=event, payload=payload, lane=channel, run_at=moment) for payload in payloads]
    Outbox.objects.bulk_create(rows)
    transaction.on_commit(wake)


@transaction.atomic
def claim_message(message_id: UUID) -> Outbox | None:
    """Takes a due message and its lane for a while, counting the attempt; None where either is not free.

    The row given says by `unanswered` whether an attempt before this one may have arrived.
    """
    moment = shared_now()
    row = Outbox.objects.filter(pk=message_id, state=OutboxState.PENDING, run_at__lte=moment).first()
    if row is None or not (row.lane == LIVE or _takes_lane(row.lane, moment)):
        return None
    taken = Outbox.objects.filter(pk=row.pk, state=OutboxState.PENDING, attempt=row.attempt).update(
        attempt=F("attempt") + 1, run_at=moment + _CLAIM, unanswered=True
    )
    row.attempt += 1
    return row if taken else None


def _takes_lane(name: str, moment: datetime) -> bool:
    Lane.objects.get_or_create(name=name)
    free = (Q(busy_until=None) | Q(busy_until__lte=moment)) & (Q(open_until=None) | Q(open_until__lte=moment))
    return bool(Lane.objects.filter(free, name=name).update(busy_until=moment + _CLAIM))
