"""Taking in transactions: good rows go on, bad rows come back with line, place and reason, nothing is doubled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.selectors import api_client_for_actor
from audit.services import record
from core.actor import Actor
from core.api.errors import faults_from
from core.clock import now
from core.exceptions import Fault
from core.ids import new_id
from customers.models import Customer
from monitoring import actions
from monitoring.models import Ingest, PendingAssessment, Transaction
from monitoring.rows import TransactionInput
from monitoring.selectors import rate_on
from workflows.engine.due import wake

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class RejectedRow:
    """A row that was not taken. `line` counts rows from 1."""

    line: int
    faults: tuple[Fault, ...]

    def as_dict(self) -> dict[str, object]:
        return {"line": self.line, "errors": [fault.as_dict() for fault in self.faults]}


@dataclass(frozen=True)
class IngestResult:
    """What became of a delivery."""

    ingest_id: Any
    accepted: int
    duplicates: int
    rejected: tuple[RejectedRow, ...]


@transaction.atomic
def ingest_transactions(*, rows: Iterable[Mapping[str, Any]], source: str, by: Actor) -> IngestResult:
    """Stores the rows that are good. A row whose external id is known is a duplicate and changes nothing.

    Side effects: the delivery, transactions, a pending assessment for each customer concerned, an audit entry; after
    the commit the workers are woken. A person delivers for any customer, an API client for those it registered.
    """
    client = api_client_for_actor(by)
    ingest = Ingest.objects.create(source=source, delivered_by=by.name)
    good: list[Transaction] = []
    rejected: list[RejectedRow] = []
    customers: dict[str, Customer | None] = {}
    for line, row in enumerate(rows, start=1):
        made = _transaction(row, customers, client)
        if isinstance(made, Transaction):
            made.ingest, made.client = ingest, client
            good.append(made)
        else:
            rejected.append(RejectedRow(line, tuple(made)))
    fresh = _without_duplicates(good, client)
    Transaction.objects.bulk_create(fresh, batch_size=1000)
    _request_assessment(fresh)
    ingest.accepted, ingest.duplicates = len(fresh), len(good) - len(fresh)
    ingest.rejected = [row.as_dict() for row in rejected]
    ingest.save()
    after = {"accepted": ingest.accepted, "duplicates": ingest.duplicates, "rejected": len(rejected), "source": source}
    record(actions.INGESTED, by=by, object_type="ingest", object_id=ingest.pk, stream="transactions", after=after)
    return IngestResult(ingest.pk, ingest.accepted, ingest.duplicates, tuple(rejected))


def _transaction(
    row: Mapping[str, Any], customers: dict[str, Customer | None], client: Any
) -> Transaction | list[Fault]:
    serializer = TransactionInput(data=row)
    if not serializer.is_valid():
        return faults_from(serializer.errors)
    data = dict(serializer.validated_data)
    external_id = data.pop("customer_external_id")
    if external_id not in customers:
        mine = Customer.objects.filter(external_id=external_id)
        customers[external_id] = (mine.filter(registered_by_client=client) if client else mine).first()
    customer = customers[external_id]
    if customer is None:
        return [Fault("/customer_external_id", "is no customer you registered", "submit the customer first")]
    rate = rate_on(data["currency"], data["booked_at"].date())
    if rate is None:
        told = f"there is no exchange rate to {settings.BASE_CURRENCY} on that day"
        return [Fault("/currency", told, "an administrator can add one")]
    return Transaction(customer=customer, base_amount=(data["amount"] / rate).quantize(_CENT), **data)


def _without_duplicates(rows: list[Transaction], client: Any) -> list[Transaction]:
    wanted = {row.external_id: row for row in reversed(rows)}
    known = set(Transaction.objects.filter(client=client, external_id__in=wanted).values_list("external_id", flat=True))
    return [row for external_id, row in reversed(wanted.items()) if external_id not in known]


def _request_assessment(rows: list[Transaction]) -> None:
    """One pending row a customer, from the earliest of its new transactions on."""
    earliest: dict[Any, Any] = {}
    for row in rows:
        earliest[row.customer_id] = min(row.booked_at, earliest.get(row.customer_id, row.booked_at))
    for customer_id, since in earliest.items():
        pending = PendingAssessment.objects.select_for_update().filter(pk=customer_id).first()
        PendingAssessment.objects.update_or_create(
            customer_id=customer_id,
            defaults={
                "token": new_id(),
                "since": min(since, pending.since) if pending else since,
                "run_at": now() - timedelta(seconds=1),
            },
        )
    if earliest:
        transaction.on_commit(wake)
