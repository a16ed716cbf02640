"""Taking in transactions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from core.actor import Actor
from core.exceptions import Fault
from core.shared_clock import shared_now
from core.words import said
from customers.models import Customer
from monitoring.deliveries import DeliveredRow
from monitoring.enums import DeliveryKind
from monitoring.intake.kinds import PAYMENT, TRANSACTION
from monitoring.models import Ingest, PendingAssessment, Transaction
from monitoring.selectors import archived_through, is_archived_for, rate_on
from monitoring.services.taking import Deliverable, IngestResult, take_in
from workflows.enums import Urgency
from workflows.services import hint_due, start_for_event

ASSESSMENTS = "monitoring"  # the due source of customers with new transactions
_CENT = Decimal("0.01")
_MOST = Decimal(10) ** 14


def ingest_transactions(
    *, rows: Iterable[Mapping[str, Any] | DeliveredRow], source: str, by: Actor, ingest: Ingest | None = None
) -> IngestResult:
    """Stores the transactions that are good; see `take_in`.

    Side effects: those of `take_in`; a pending assessment for each customer concerned, the workflows that a delivery
    starts; after the commit the workers are woken.
    """
    return take_in(TRANSACTIONS, rows, source=source, by=by, ingest=ingest)


def _maker() -> Callable[[dict[str, Any], Customer], Transaction | Fault]:
    rates: dict[tuple[str, date], Decimal | None] = {}
    through = archived_through()

    def make(values: dict[str, Any], customer: Customer) -> Transaction | Fault:
        if through and values["booked_at"] < through and is_archived_for(customer.pk, values["booked_at"]):
            told = "is so old that what it is judged by is in the archive"
            return Fault("/booked_at", told, "an administrator can bring the months back under Administration, Archive")
        key = (values["currency"], values["booked_at"].date())
        if key not in rates:
            rates[key] = rate_on(*key)
        return _made(values, customer, rates[key])

    return make


def _made(values: dict[str, Any], customer: Customer, rate: Decimal | None) -> Transaction | Fault:
    if rate is None:
        currency, day = values["currency"], values["booked_at"].date()
        told = f"there is no exchange rate of {currency} to {settings.BASE_CURRENCY} on {day}"
        return Fault("/currency", told, "an administrator can set one under Scenarios, Exchange rates")
    base = base_amount(values["amount"], rate)
    if base is None:
        return Fault(
            "/amount",
            said("is beyond anything plausible in {base_currency}", base_currency=settings.BASE_CURRENCY),
            "check the currency",
        )
    return Transaction(customer=customer, client=customer.registered_by_client, base_amount=base, **values)


def base_amount(amount: Decimal, rate: Decimal) -> Decimal | None:
    """The amount in the base currency; None where it is beyond anything plausible."""
    base = (amount / rate).quantize(_CENT)
    return base if base < _MOST else None


def _request_assessment(ingest: Ingest, rows: list[Transaction], by: Actor) -> None:
    """One pending row a customer, from the earliest of its new transactions on."""
    if not rows:
        return
    earliest: dict[UUID, datetime] = {}
    for row in rows:
        earliest[row.customer_id] = min(row.booked_at, earliest.get(row.customer_id, row.booked_at))
    queue_assessments(earliest)
    tell_workflows(ingest=ingest, customers=earliest, accepted=len(rows), by=by)


def queue_assessments(earliest: Mapping[UUID, datetime]) -> None:
    """Has each customer assessed from that moment on. Side effects: pending rows; the workers are woken."""
    moment = shared_now()
    PendingAssessment.objects.bulk_create(
        (PendingAssessment(customer_id=customer, since=since, run_at=moment) for customer, since in earliest.items()),
        batch_size=5000,
    )
    first = next(iter(earliest), None)
    if first is not None:
        transaction.on_commit(partial(hint_due, ASSESSMENTS, first))


def tell_workflows(*, ingest: Ingest, customers: Iterable[UUID], accepted: int, by: Actor) -> None:
    """Starts the workflows that a delivery starts."""
    inputs: dict[str, object] = {
        "ingest_id": str(ingest.pk), "accepted": accepted, "customer_ids": sorted(str(customer) for customer in customers)
    }  # fmt: skip
    start_for_event(
        event="transactions_ingested", subject_type="ingest", subject_id=ingest.pk, inputs=inputs, stream="transactions",
        by=by, urgency=Urgency.BATCH,
    )  # fmt: skip


def _wait_for_the_end(ingest: Ingest, rows: list[Transaction], by: Actor) -> None:
    """A file is assessed as a whole once all of it is there; see `assess_delivery`."""


# Who sees a payment, whom it was with, which way it went.
SIDES = (("sender", "receiver", "out"), ("receiver", "sender", "in"))


def cells_of_side(own: str, other: str) -> dict[str, str]:
    """Cells of a transaction, and which of a payment they are for the party `own`."""
    return {
        "amount": "amount", "type": "transaction_type", "currency": "currency", "channel": "channel",
        "reference": "reference", "booked_at": "timestamp", "account": f"{own}_account",
        "counterparty_account": f"{other}_account", "counterparty_name": f"{other}_name",
        "counterparty_country": f"{other}_country",
    }  # fmt: skip


def _two_sides(values: dict[str, Any]) -> list[dict[str, Any]]:
    """The payment as each of its accounts sees it; whose account is no customer's is left out later."""
    found = []
    for own, other, direction in SIDES:
        if values[f"{own}_account"]:
            told = {name: values[source] for name, source in cells_of_side(own, other).items()}
            found.append({
                **told, "currency": told["currency"] or settings.BASE_CURRENCY, "customer_external_id": "",
                "external_id": f"{values['transaction_id']}/{direction}", "direction": direction,
            })  # fmt: skip
    return found


TRANSACTIONS = Deliverable(
    DeliveryKind.TRANSACTIONS, TRANSACTION, Transaction, "client_id",
    ("customer_id", *(name for name in TRANSACTION.cells if not name.endswith("external_id"))), _maker, _request_assessment,
)  # fmt: skip
PAYMENTS = replace(TRANSACTIONS, shape=PAYMENT, sides=_two_sides)
# The same as parts of a file that is assessed as a whole.
FILED_TRANSACTIONS = replace(TRANSACTIONS, request=_wait_for_the_end)
FILED_PAYMENTS = replace(PAYMENTS, request=_wait_for_the_end)
