"""The record of who looked at stored matches on the threshold sweep."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from screening import actions


@transaction.atomic
def record_sweep_view(*, customers: Iterable[UUID], raise_at: Decimal, by: Actor) -> None:
    """Puts on the record of each of these customers that somebody saw a stored match of it."""
    for customer in sorted(set(customers)):
        record(
            actions.SWEEP_VIEWED, by=by, object_type="customer", object_id=customer, subject_id=customer,
            after={"raise_at": str(raise_at)},
        )  # fmt: skip
