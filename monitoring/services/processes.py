"""Taking in process events and the table of who is qualified for which step."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q

from accounts.selectors import api_client_for_actor
from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Fault
from core.lookups import Among
from customers.models import Customer
from monitoring import actions
from monitoring.deliveries import DeliveredRow
from monitoring.enums import DeliveryKind
from monitoring.intake.kinds import PROCESS_EVENT, QUALIFICATION
from monitoring.models import Ingest, OperatorQualification, PendingAssessment, ProcessEvent
from monitoring.models.processes import ALWAYS
from monitoring.services.taking import (
    Deliverable,
    IngestResult,
    RejectedRow,
    checked_rows,
    count,
    in_batches,
    take_in,
    with_customers,
)
from workflows.engine.due import wake

_Process = tuple[UUID, str]  # a customer and the id of one of its processes
_BATCH = 1000
QUIET = timedelta(hours=24)  # after so long without a further entry a record is reviewed as a whole


def ingest_process_events(
    *, rows: Iterable[Mapping[str, Any] | DeliveredRow], source: str, by: Actor, ingest: Ingest | None = None
) -> IngestResult:
    """Stores the process events that are good; see `take_in`.

    Side effects: those of `take_in`; each process concerned waits to be judged, its single entries at once and the whole
    record when an event says that it completes it or when nothing more came for QUIET; the workers are woken.
    """
    return take_in(PROCESS_EVENTS, rows, source=source, by=by, ingest=ingest)


@transaction.atomic
def set_qualifications(*, rows: Iterable[Mapping[str, Any] | DeliveredRow], source: str, by: Actor) -> IngestResult:
    """Adds to the table of qualifications, or says until when one holds: the same operator, step and beginning again.

    Side effects: the delivery, its rejected lines, the rows, an audit entry.
    """
    rejected: list[RejectedRow] = []
    checked = checked_rows(QUALIFICATION, rows, rejected)
    good = [made for _, made in with_customers(_qualification, checked, api_client_for_actor(by), rejected)]
    kept = Ingest.objects.create(kind=DeliveryKind.QUALIFICATIONS, source=source, delivered_by=by.name)
    for row in good:
        row.ingest = kept
    different = {(row.customer_id, row.operator_id, row.step, row.valid_from): row for row in good}
    before = OperatorQualification.objects.count()
    OperatorQualification.objects.bulk_create(
        different.values(), batch_size=1000, update_conflicts=True, update_fields=["valid_until"],
        unique_fields=["customer", "operator_id", "step", "valid_from"],
    )  # fmt: skip
    added = OperatorQualification.objects.count() - before
    rejected.sort(key=lambda row: row.line)
    result = IngestResult(kept.pk, added, len(good) - added, tuple(rejected), len(rejected))
    count(kept, result)
    after = {"accepted": added, "duplicates": result.duplicates, "rejected": len(rejected), "source": source}
    record(
        actions.QUALIFICATIONS_SET, by=by, object_type="ingest", object_id=kept.pk, stream="qualifications", after=after
    )
    return result


def _event_of(values: dict[str, Any], customer: Customer) -> ProcessEvent | Fault:
    moment = values.pop("timestamp")
    values["start_ts"] = values["start_ts"] or None
    values["completes"] = bool(values["completes"])
    return ProcessEvent(
        customer=customer, client=customer.registered_by_client, started_at=values["start_ts"] or moment, **values
    )


def _qualification_of(values: dict[str, Any], customer: Customer) -> OperatorQualification | Fault:
    values["valid_from"] = values["valid_from"] or ALWAYS
    if values["valid_until"] and values["valid_until"] <= values["valid_from"]:
        return Fault("/valid_until", "is not after valid_from", "a later moment, or nothing")
    return OperatorQualification(customer=customer, **values)


def _request_review(ingest: Ingest, rows: list[ProcessEvent], by: Actor) -> None:
    """Two pending rows a process: its entries now, the record when it is whole."""
    if not rows:
        return
    moment = now()
    since: dict[_Process, datetime] = {}
    for row in rows:
        process = (row.customer_id, row.process_id)
        since[process] = min(row.started_at, since.get(process, row.started_at))
    ended = _ended(list(since), moment)
    pending = []
    for process, earliest in since.items():
        told = {"customer_id": process[0], "process_id": process[1], "since": earliest}
        pending.append(PendingAssessment(run_at=moment, **told))
        whole_at = moment if process in ended else moment + QUIET
        pending.append(PendingAssessment(run_at=whole_at, is_whole=True, **told))
    PendingAssessment.objects.bulk_create(pending, batch_size=_BATCH)
    transaction.on_commit(wake)


def _ended(processes: list[_Process], moment: datetime) -> set[_Process]:
    """Those whose record is complete, or old: nothing more has come for long enough.

    Side effect: what waits of them already is due at once too.
    """
    ended: set[_Process] = set()
    for some in in_batches(processes, _BATCH):
        of_them = Among(("customer_id", "process_id"), some)
        told = ProcessEvent.objects.filter(of_them).order_by().values("customer_id", "process_id")
        newest = told.annotate(at=Max("started_at"), completing=Count("pk", filter=Q(completes=True)))
        over = newest.filter(Q(at__lt=moment - QUIET) | Q(completing__gt=0)).values_list("customer_id", "process_id")
        ended.update(over)
    for some in in_batches(sorted(ended), _BATCH):
        waiting = PendingAssessment.objects.filter(Among(("customer_id", "process_id"), some))
        waiting.filter(is_whole=True, attempts=0).update(run_at=moment)
    return ended


def _as_is(make: Callable[[dict[str, Any], Customer], Any]) -> Callable[[], Callable[[dict[str, Any], Customer], Any]]:
    return lambda: make


PROCESS_EVENTS = Deliverable(
    DeliveryKind.PROCESS_EVENTS, PROCESS_EVENT, ProcessEvent, "customer_id",
    (*(name for name in PROCESS_EVENT.cells if name not in {"external_id", "customer_external_id", "timestamp"}), "started_at"),
    _as_is(_event_of), _request_review,
)  # fmt: skip
_qualification = Deliverable(
    DeliveryKind.QUALIFICATIONS, QUALIFICATION, OperatorQualification, "customer_id", (), _as_is(_qualification_of),
    lambda ingest, rows, by: None,
)  # fmt: skip
