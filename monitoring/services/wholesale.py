"""Assessing a whole file at once instead of one customer after the other: the same findings for a fraction of the work."""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from core.actor import Actor
from core.ahead import made_ahead
from monitoring.models import Ingest, Transaction
from monitoring.selectors import definitions_of, judging_versions
from monitoring.services.assessment import BY
from monitoring.services.ingestion import queue_assessments, tell_workflows
from monitoring.services.keeping_many import keep_many

_TOLD_AT_ONCE = 5000


def assess_delivery(*, ingest: Ingest, by: Actor, on_progress: Callable[[int, int], None]) -> int:
    """Judges everything that a delivery brought by every live scenario; how many findings people are told of.

    Each scenario's findings about some customers are stored by themselves: interrupted, it can be done again, or left to
    the queue by `queue_delivery`, and doubles nothing. Side effects: those of `keep_many`, the workflows that a delivery
    starts.
    """
    earliest = _earliest(ingest)
    if not earliest:
        return 0
    wholesale: Any = import_module("monitoring.wholesale")  # Polars is loaded by workers only
    versions = judging_versions("finance")
    definitions = definitions_of(versions)
    kept = 0
    judged = wholesale.judged_wholly(definitions, earliest, base_currency=settings.BASE_CURRENCY)
    for number, found in made_ahead(judged):  # the next is judged while the database keeps this one
        on_progress(number, len(versions))
        kept += keep_many(version=versions[number], found=found, by=BY)
    _tell(ingest, earliest, by)
    return kept


@transaction.atomic
def queue_delivery(*, ingest: Ingest, by: Actor) -> None:
    """Has the queue assess what a delivery brought so far, one customer after the other.

    Side effects: pending rows, the workflows that a delivery starts; the workers are woken.
    """
    earliest = _earliest(ingest)
    if earliest:
        queue_assessments(earliest)
        _tell(ingest, earliest, by)


def _earliest(ingest: Ingest) -> dict[UUID, datetime]:
    rows = Transaction.objects.filter(ingest=ingest).order_by().values("customer_id")
    return dict(rows.annotate(first=Min("booked_at")).values_list("customer_id", "first"))


@transaction.atomic
def _tell(ingest: Ingest, earliest: Mapping[UUID, datetime], by: Actor) -> None:
    customers, accepted = list(earliest), Transaction.objects.filter(ingest=ingest).count()
    for start in range(0, len(customers), _TOLD_AT_ONCE):
        tell_workflows(ingest=ingest, customers=customers[start : start + _TOLD_AT_ONCE], accepted=accepted, by=by)
