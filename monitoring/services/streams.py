"""Deliveries that are taken in batch by batch: streams and files."""

from collections.abc import Iterable

from core.actor import Actor
from monitoring.deliveries import DeliveredRow
from monitoring.enums import DeliveryKind
from monitoring.models import Ingest
from monitoring.services.ingestion import TRANSACTIONS
from monitoring.services.processes import PROCESS_EVENTS
from monitoring.services.taking import Deliverable, IngestResult, RejectedRow, in_batches, take_in

_TOLD = 10_000  # rejected rows that one answer holds; the error file has them all
_KINDS = {deliverable.kind: deliverable for deliverable in (TRANSACTIONS, PROCESS_EVENTS)}


def deliverable_of(kind: DeliveryKind) -> Deliverable:
    """What a delivery of the kind is made of; raises KeyError for a table, which comes whole."""
    return _KINDS[kind]


def ingest_stream(
    *, kind: DeliveryKind, rows: Iterable[DeliveredRow], source: str, by: Actor, size: int = 1000
) -> IngestResult:
    """Stores a delivery without end in batches, each committed by itself: what came before a break stays, and sending
    all of it again doubles nothing. Side effects: those of `take_in` for each batch, all of one delivery."""
    ingest = Ingest.objects.create(kind=kind, source=source, delivered_by=by.name)
    accepted = duplicates = rejected_count = 0
    rejected: list[RejectedRow] = []
    for batch in in_batches(rows, size):
        result = take_in(deliverable_of(kind), batch, source=source, by=by, ingest=ingest)
        accepted, duplicates = accepted + result.accepted, duplicates + result.duplicates
        rejected_count += result.rejected_count
        rejected += result.rejected[: _TOLD - len(rejected)]
    return IngestResult(ingest.pk, accepted, duplicates, tuple(rejected), rejected_count)
