"""Putting looks at customers on the record."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from customers import actions


@transaction.atomic
def record_customer_view(*, customer_id: UUID, by: Actor) -> None:
    """Puts on the record that somebody looked at a customer's personal facts."""
    record(actions.VIEWED, by=by, object_type="customer", object_id=customer_id, subject_id=customer_id)


@transaction.atomic
def record_reveal(*, customer_id: UUID, reason: str, by: Actor) -> None:
    """Puts on the record that somebody had masked values of a customer shown, and why."""
    record(
        actions.REVEALED, by=by, object_type="customer", object_id=customer_id, subject_id=customer_id, reason=reason
    )


@transaction.atomic
def record_rating_view(*, customer_id: UUID, by: Actor) -> None:
    """Puts on the record that somebody looked at a rating: its reasons name countries and the occupation."""
    record(actions.RATING_VIEWED, by=by, object_type="customer", object_id=customer_id, subject_id=customer_id)


@transaction.atomic
def record_list_view(*, customer_ids: Sequence[UUID], by: Actor) -> None:
    """Puts on the record which customers a page of the list showed. An empty page is not recorded."""
    if customer_ids:
        after = {"number": len(customer_ids), "customers": [str(pk) for pk in customer_ids]}
        record(actions.LISTED, by=by, object_type="customer", object_id="list", stream="customers:views", after=after)
