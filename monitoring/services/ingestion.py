"""Taking in transactions: good rows go on, bad rows come back with line, place and reason, nothing is doubled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from rest_framework.exceptions import ValidationError

from accounts.models import ApiClient
from accounts.selectors import api_client_for_actor
from audit.services import record
from core.actor import Actor
from core.api.errors import faults_from
from core.clock import now
from core.exceptions import Fault
from customers.models import Customer
from monitoring import actions
from monitoring.deliveries import DeliveredRow
from monitoring.models import Ingest, PendingAssessment, Transaction
from monitoring.rows import TransactionInput
from monitoring.selectors import customers_by_external_id, rate_on
from workflows.engine.due import wake

_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 14
_BATCH = 1000
_TELLING = ("customer_id", "direction", "amount", "currency", "booked_at")


@dataclass(frozen=True)
class RejectedRow:
    """A row that was not taken: the line a person finds it at, and what is wrong where."""

    line: int
    faults: tuple[Fault, ...]

    def as_dict(self) -> dict[str, object]:
        return {"line": self.line, "errors": [fault.as_dict() for fault in self.faults]}


@dataclass(frozen=True)
class IngestResult:
    """What became of a delivery."""

    ingest_id: UUID
    accepted: int
    duplicates: int
    rejected: tuple[RejectedRow, ...]


Good = tuple[DeliveredRow, Transaction]
_Checked = tuple[DeliveredRow, dict[str, Any]]


@transaction.atomic
def ingest_transactions(*, rows: Iterable[Mapping[str, Any] | DeliveredRow], source: str, by: Actor) -> IngestResult:
    """Stores the rows that are good. A row that is known already, with the same content, changes nothing.

    A person delivers for any customer, an API client for those it registered. Side effects: the delivery,
    transactions, a pending assessment for each customer concerned, an audit entry; after the commit the workers are
    woken.
    """
    ingest = Ingest.objects.create(source=source, delivered_by=by.name)
    rejected: list[RejectedRow] = []
    checked = _checked(rows, rejected)
    good = _with_customers(checked, api_client_for_actor(by), rejected)
    fresh, duplicates = _fresh(good, rejected)
    fresh, beaten = _stored(fresh, ingest)
    duplicates += beaten
    _request_assessment(fresh)
    rejected.sort(key=lambda row: row.line)
    ingest.accepted, ingest.duplicates = len(fresh), duplicates
    ingest.rejected = [row.as_dict() for row in rejected]
    ingest.save()
    after = {"accepted": ingest.accepted, "duplicates": duplicates, "rejected": len(rejected), "source": source}
    record(actions.INGESTED, by=by, object_type="ingest", object_id=ingest.pk, stream="transactions", after=after)
    return IngestResult(ingest.pk, ingest.accepted, duplicates, tuple(rejected))


def _rejected(row: DeliveredRow, *faults: Fault) -> RejectedRow:
    placed = (Fault(f"{row.pointer}{fault.pointer}", fault.message, fault.suggestion) for fault in faults)
    return RejectedRow(row.line, tuple(placed))


def _checked(rows: Iterable[Mapping[str, Any] | DeliveredRow], rejected: list[RejectedRow]) -> list[_Checked]:
    """The rows of the right shape with their typed values."""
    serializer = TransactionInput()
    found: list[_Checked] = []
    for number, given in enumerate(rows, start=1):
        row = given if isinstance(given, DeliveredRow) else DeliveredRow(number, given)
        try:
            if row.faults:
                rejected.append(_rejected(row, *row.faults))
            else:
                found.append((row, dict(serializer.run_validation(row.values))))
        except ValidationError as error:
            rejected.append(_rejected(row, *faults_from(error.detail)))
    return found


def _with_customers(rows: list[_Checked], client: ApiClient | None, rejected: list[RejectedRow]) -> list[Good]:
    """The rows as transactions of their customers, in the base currency too."""
    known = customers_by_external_id({values["customer_external_id"] for _, values in rows}, client)
    rates: dict[tuple[str, date], Decimal | None] = {}
    good: list[Good] = []
    for row, values in rows:
        made = _transaction(values, known.get(values.pop("customer_external_id"), []), rates)
        if isinstance(made, Fault):
            rejected.append(_rejected(row, made))
        else:
            good.append((row, made))
    return good


def _transaction(
    values: dict[str, Any], customers: list[Customer], rates: dict[tuple[str, date], Decimal | None]
) -> Transaction | Fault:
    if len(customers) != 1:
        told = "is a customer of more than one API client" if customers else "is not a customer known here"
        instead = "deliver it through the client" if customers else "submit the customer first"
        return Fault("/customer_external_id", told, instead)
    key = (values["currency"], values["booked_at"].date())
    if key not in rates:
        rates[key] = rate_on(*key)
    rate = rates[key]
    if rate is None:
        told = f"there is no exchange rate of {key[0]} to {settings.BASE_CURRENCY} on {key[1]}"
        return Fault("/currency", told, "an administrator can set one under Scenarios, Exchange rates")
    base = (values["amount"] / rate).quantize(_CENT)
    if base >= _MOST:
        return Fault("/amount", f"is beyond anything plausible in {settings.BASE_CURRENCY}", "check the currency")
    return Transaction(customer=customers[0], client=customers[0].registered_by_client, base_amount=base, **values)


def _fresh(rows: list[Good], rejected: list[RejectedRow]) -> tuple[list[Transaction], int]:
    """The transactions that are new, and how many were known. The same id with other content is refused."""
    wanted = [made.external_id for _, made in rows]
    known: dict[tuple[UUID | None, str], Transaction] = {}
    for start in range(0, len(wanted), _BATCH):
        stored = Transaction.objects.filter(external_id__in=wanted[start : start + _BATCH])
        known |= {(row.client_id, row.external_id): row for row in stored}
    fresh: list[Transaction] = []
    duplicates = 0
    for row, made in rows:
        same = known.setdefault((made.client_id, made.external_id), made)
        if same is made:
            fresh.append(made)
        elif all(getattr(same, name) == getattr(made, name) for name in _TELLING):
            duplicates += 1
        else:
            differing = next(name for name in _TELLING if getattr(same, name) != getattr(made, name))
            told = f"is known with another {differing.removesuffix('_id')}"
            rejected.append(_rejected(row, Fault("/external_id", told, "book a correction under an id of its own")))
    return fresh, duplicates


def _stored(fresh: list[Transaction], ingest: Ingest) -> tuple[list[Transaction], int]:
    """Those that were stored, and how many a delivery at the same moment stored first."""
    for row in fresh:
        row.ingest = ingest
    Transaction.objects.bulk_create(fresh, batch_size=_BATCH, ignore_conflicts=True)
    stored = set(Transaction.objects.filter(ingest=ingest).values_list("pk", flat=True))
    beaten = [row for row in fresh if row.pk not in stored]
    for row in beaten:
        if not Transaction.objects.filter(client=row.client_id, external_id=row.external_id).exists():
            raise IntegrityError(f"transaction {row.pk} was refused by the database")
    return [row for row in fresh if row.pk in stored], len(beaten)


def _request_assessment(rows: list[Transaction]) -> None:
    """One pending row a customer, from the earliest of its new transactions on."""
    earliest: dict[UUID, datetime] = {}
    for row in rows:
        earliest[row.customer_id] = min(row.booked_at, earliest.get(row.customer_id, row.booked_at))
    moment = now()
    PendingAssessment.objects.bulk_create(
        PendingAssessment(customer_id=customer, since=since, run_at=moment) for customer, since in earliest.items()
    )
    if earliest:
        transaction.on_commit(wake)
