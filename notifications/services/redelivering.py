"""Sending parked messages again, by somebody."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, NotFound
from notifications import actions
from notifications.enums import OutboxState
from notifications.models import Outbox
from workflows.engine.due import wake

_MOST = 1000


@transaction.atomic
def redeliver(*, message_id: UUID, by: Actor) -> None:
    """Has a message sent again under its own id, so that a receiver that had it takes it once.

    Side effects: the row due now with its attempts anew, an audit entry. Raises NotFound, Conflict where it is on its
    way or its channel is disabled.
    """
    row = Outbox.objects.select_for_update(of=("self",)).select_related("destination").filter(pk=message_id).first()
    if row is None:
        raise NotFound("There is no such delivery.")
    if row.state == OutboxState.PENDING:
        raise Conflict("It is on its way already.")
    if row.destination is not None and not row.destination.is_active:
        raise Conflict("Its channel is disabled; enable it first.")
    row.state, row.attempt, row.run_at, row.error = OutboxState.PENDING, 0, now(), ""
    row.save(update_fields=["state", "attempt", "run_at", "error"])
    transaction.on_commit(wake)
    record(actions.REDELIVERED, by=by, object_type="outbox", object_id=row.pk, after={"event": row.event})


@transaction.atomic
def redeliver_parked(*, destination_id: UUID | None, by: Actor) -> int:
    """Sends everything parked again, at most a thousand at once, the oldest first; how many that were."""
    rows = Outbox.objects.filter(state=OutboxState.DEAD).exclude(destination__is_active=False)
    rows = rows.filter(destination=destination_id) if destination_id else rows
    keys = list(rows.order_by("created_at").values_list("pk", flat=True)[:_MOST])
    for key in keys:
        redeliver(message_id=key, by=by)
    return len(keys)
