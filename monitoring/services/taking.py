"""Taking in a delivery, of whatever kind: good rows go on, bad rows come back with line, place and reason, nothing is doubled."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from accounts.models import ApiClient
from accounts.selectors import api_client_for_actor
from audit.services import record
from core.actor import Actor
from core.exceptions import Fault
from core.lookups import Among
from core.words import said
from customers.models import Customer
from monitoring import actions
from monitoring.deliveries import DeliveredRow
from monitoring.enums import DeliveryKind
from monitoring.intake.shapes import Shape
from monitoring.models import Ingest, RejectedLine
from monitoring.selectors import customers_by_account, customers_by_external_id
from monitoring.services.storing import store_new

SHOWN = 100  # rejected rows that a delivery keeps beside its error file, for its page
_LONGEST_ROW = 4000
_BATCH = 1000


@dataclass(frozen=True)
class RejectedRow:
    """A row that was not taken: the line a person finds it at, and what is wrong where."""

    line: int
    faults: tuple[Fault, ...]
    content: str = ""

    def as_dict(self) -> dict[str, object]:
        return {"line": self.line, "errors": [fault.as_dict() for fault in self.faults]}


@dataclass(frozen=True)
class IngestResult:
    """What became of a delivery."""

    ingest_id: UUID
    accepted: int
    duplicates: int
    rejected: tuple[RejectedRow, ...]
    rejected_count: int


@dataclass(frozen=True)
class Deliverable:
    """A kind of row that is delivered.

    `maker` gives, for one delivery, what turns checked values into a row of `model` or says what is wrong. Rows with the
    same `owner` (a column) and external id are the same, and then equal in `telling`. `request` has what was stored
    assessed. `sides` are the rows that a checked row becomes, one for each party to it.
    """

    kind: DeliveryKind
    shape: Shape
    model: type[models.Model]
    owner: str
    telling: tuple[str, ...]
    maker: Callable[[], Callable[[dict[str, Any], Customer], Any]]
    request: Callable[[Ingest, list[Any], Actor], None]
    sides: Callable[[dict[str, Any]], list[dict[str, Any]]] = lambda values: [values]


Good = tuple[DeliveredRow, Any]
_Checked = tuple[DeliveredRow, dict[str, Any]]


@transaction.atomic
def take_in(
    deliverable: Deliverable, rows: Iterable[Mapping[str, Any] | DeliveredRow], *, source: str, by: Actor,
    ingest: Ingest | None = None,
) -> IngestResult:  # fmt: skip
    """Stores the rows that are good. A row that is known already, with the same content, changes nothing.

    A person delivers for any customer, an API client for those it registered. `ingest` is a delivery that goes on.
    Side effects: the delivery, its rejected lines, the rows, what `request` does, an audit entry.
    """
    rejected: list[RejectedRow] = []
    checked = checked_rows(deliverable.shape, rows, rejected)
    good = with_customers(deliverable, checked, api_client_for_actor(by), rejected)
    kept = ingest or Ingest.objects.create(kind=deliverable.kind, source=source, delivered_by=by.name)
    fresh, duplicates = store_good(deliverable, good, kept, rejected)
    result = settle(deliverable, kept, len(fresh), duplicates, rejected, by)
    deliverable.request(kept, fresh, by)
    return result


def store_good(
    deliverable: Deliverable, good: list[Good], ingest: Ingest, rejected: list[RejectedRow]
) -> tuple[list[Any], int]:
    """Stores the rows that are new: those, and how many were known. The same id with other content is rejected."""
    fresh, duplicates = _fresh(deliverable, good, rejected)
    fresh, beaten = _stored(deliverable, fresh, ingest)
    return fresh, duplicates + beaten


def settle(
    deliverable: Deliverable, ingest: Ingest, accepted: int, duplicates: int, rejected: list[RejectedRow], by: Actor
) -> IngestResult:
    """Counts what became of some rows of a delivery. Side effects: those of `count`, an audit entry."""
    rejected.sort(key=lambda row: row.line)
    result = IngestResult(ingest.pk, accepted, duplicates, tuple(rejected), len(rejected))
    count(ingest, result)
    after = {"accepted": accepted, "duplicates": duplicates, "rejected": len(rejected), "source": ingest.source}
    record(actions.INGESTED, by=by, object_type="ingest", object_id=ingest.pk, stream=deliverable.kind, after=after)
    return result


def count(ingest: Ingest, result: IngestResult) -> None:
    """Adds what became of a batch to its delivery, with the lines of the error file."""
    shown = [*ingest.rejected, *(row.as_dict() for row in result.rejected)][:SHOWN]
    Ingest.objects.filter(pk=ingest.pk).update(
        accepted=F("accepted") + result.accepted, duplicates=F("duplicates") + result.duplicates,
        rejected_count=F("rejected_count") + len(result.rejected), rejected=shown,
    )  # fmt: skip
    ingest.rejected = shown
    lines = [
        RejectedLine(ingest=ingest, line=row.line, column=fault.pointer[:120], message=fault.message[:300],
                     suggestion=fault.suggestion[:300], content=row.content)
        for row in result.rejected
        for fault in row.faults
    ]  # fmt: skip
    if lines:
        store_new(RejectedLine, lines)


def rejected_row(row: DeliveredRow, *faults: Fault) -> RejectedRow:
    """The row with what is wrong, placed where the row stands in the delivery."""
    placed = (Fault(f"{row.pointer}{fault.pointer}", fault.message, fault.suggestion) for fault in faults)
    content = json.dumps(row.values, ensure_ascii=False, default=str).replace("\\u0000", "")[:_LONGEST_ROW]
    return RejectedRow(row.line, tuple(placed), content)


def checked_rows(
    shape: Shape, rows: Iterable[Mapping[str, Any] | DeliveredRow], rejected: list[RejectedRow]
) -> list[_Checked]:
    """The rows of the right shape with their typed values; the others are added to `rejected`."""
    found: list[_Checked] = []
    for number, given in enumerate(rows, start=1):
        row = given if isinstance(given, DeliveredRow) else DeliveredRow(number, given)
        values, faults = ({}, row.faults) if row.faults else shape.read(row.values)
        if faults:
            rejected.append(rejected_row(row, *faults))
        else:
            found.append((row, values))
    return found


def with_customers(
    deliverable: Deliverable, rows: list[_Checked], client: ApiClient | None, rejected: list[RejectedRow]
) -> list[Good]:
    """The rows as rows of the model, each of its customer."""
    sided = [(row, deliverable.sides(values)) for row, values in rows]
    customers_of = _finder([side for _, sides in sided for side in sides], client)
    good: list[Good] = []
    make = deliverable.maker()
    for row, sides in sided:
        found = [(side, customers_of(side)) for side in sides]
        known = [(side, customers[0]) for side, customers in found if len(customers) == 1]
        for side, customer in known:
            made = make({name: value for name, value in side.items() if name != "customer_external_id"}, customer)
            if isinstance(made, Fault):
                rejected.append(rejected_row(row, made))
                break
            good.append((row, made))
        if not known:
            rejected.append(rejected_row(row, _no_customer(*found[0], len(sides))))
    return good


def _finder(rows: list[dict[str, Any]], client: ApiClient | None) -> Callable[[dict[str, Any]], list[Customer]]:
    """Whose a row is: the customer it names or, where it names none, whose account it is."""
    named = customers_by_external_id({row["customer_external_id"] for row in rows} - {""}, client)
    unnamed = {row["account"] for row in rows if not row["customer_external_id"]}
    holders = customers_by_account(unnamed, client) if unnamed else {}

    def customers_of(row: dict[str, Any]) -> list[Customer]:
        key = row["customer_external_id"]
        return named.get(key, []) if key else holders.get(row["account"], [])

    return customers_of


def in_batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows, so many at a time."""
    waiting = iter(rows)
    while batch := list(islice(waiting, size)):
        yield batch


def _no_customer(values: dict[str, Any], found: Sequence[Customer], sides: int) -> Fault:
    if values["customer_external_id"]:
        told = said("is a customer of more than one API client") if found else said("is not a customer known here")
        instead = said("deliver it through the client") if found else said("submit the customer first")
        return Fault("/customer_external_id", told, instead)
    if sides > 1:
        instead = said("submit the customer first, with the account as its external id")
        return Fault("/sender_account", "is not, nor is the receiver's, an account of a customer known here", instead)
    told = said("is of more than one customer") if found else said("is no account of a customer known here")
    return Fault("/account", told, "name the customer by customer_external_id")


def _fresh(deliverable: Deliverable, rows: list[Good], rejected: list[RejectedRow]) -> tuple[list[Any], int]:
    """The rows that are new, and how many were known. The same id with other content is refused."""
    owner = deliverable.owner
    known = _known(deliverable, {(getattr(made, owner), made.external_id) for _, made in rows})
    fresh: list[Any] = []
    duplicates = 0
    for row, made in rows:
        same = known.setdefault((getattr(made, owner), made.external_id), made)
        differing = next((name for name in deliverable.telling if getattr(same, name) != getattr(made, name)), "")
        if same is made:
            fresh.append(made)
        elif differing:
            told = said("is known with another {removesuffix}", removesuffix=differing.removesuffix("_id"))
            rejected.append(rejected_row(row, Fault("/external_id", told, "send a correction under an id of its own")))
        else:
            duplicates += 1
    return fresh, duplicates


def _known(deliverable: Deliverable, wanted: set[tuple[UUID | None, str]]) -> dict[tuple[UUID | None, str], Any]:
    """What is stored under these keys. An index of external ids begins with the owner, or is of those without one."""
    owner = deliverable.owner
    stored: Any = deliverable.model._default_manager
    of_owners = sorted(key for key in wanted if key[0] is not None)
    of_nobody = sorted(name for pk, name in wanted if pk is None)
    conditions = [Q(Among((owner, "external_id"), some)) for some in in_batches(of_owners, _BATCH)]
    conditions += [Q((owner, None), external_id__in=some) for some in in_batches(of_nobody, _BATCH)]
    return {(getattr(row, owner), row.external_id): row for some in conditions for row in stored.filter(some)}


def _stored(deliverable: Deliverable, fresh: list[Any], ingest: Ingest) -> tuple[list[Any], int]:
    """Those that were stored, and how many a delivery at the same moment stored first."""
    if not fresh:
        return [], 0
    for row in fresh:
        row.ingest = ingest
    stored = store_new(deliverable.model, fresh)
    beaten = [row for row in fresh if row.pk not in stored]
    for row in beaten:
        same = {deliverable.owner: getattr(row, deliverable.owner), "external_id": row.external_id}
        if not deliverable.model._default_manager.filter(**same).exists():
            raise IntegrityError(said("{pk} was refused by the database", pk=row.pk))
    return [row for row in fresh if row.pk in stored], len(beaten)
