"""Labels that people give rows themselves: flagged on a page, by REST, or many of a file; and taken back."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, InvalidInput
from monitoring import actions
from monitoring.deliveries import DeliveredRow
from monitoring.enums import DeliveryKind, LabelSource
from monitoring.intake.kinds import LABEL
from monitoring.models import EventFlag, Ingest, ProcessEvent, Transaction, TransactionFlag
from monitoring.selectors import labelled_rows
from monitoring.services.taking import IngestResult, RejectedRow, checked_rows, count, in_batches, rejected_row

_SHORTEST, _BATCH = 5, 500
_KEYS = {"transaction_external_id": "transaction", "event_external_id": "entry"}
_NOT_ONE_KEY = Fault(
    "/transaction_external_id", "or the key of an entry is missing, or both are there", "a label is of one row"
)


@transaction.atomic
def flag_transaction(*, transaction_id: UUID, reason: str, by: Actor) -> TransactionFlag:
    """A person's word that a transaction is suspicious: a label. A second flag keeps the first one.

    Side effects: the flag, an audit entry. Raises NotAPerson, InvalidInput for a reason under five characters.
    """
    given = _given(reason, by)
    row = Transaction.objects.get(pk=transaction_id)
    flag, is_new = TransactionFlag.objects.get_or_create(transaction=row, defaults=given)
    if is_new:
        _record(actions.TRANSACTION_FLAGGED, row, by, reason, after={"transaction_id": str(row.pk)})
    return flag


@transaction.atomic
def flag_event(*, event_id: UUID, reason: str, by: Actor) -> EventFlag:
    """As `flag_transaction`, of an entry of a batch record."""
    given = _given(reason, by)
    row = ProcessEvent.objects.get(pk=event_id)
    flag, is_new = EventFlag.objects.get_or_create(event=row, defaults=given)
    if is_new:
        _record(actions.EVENT_FLAGGED, row, by, reason, after={"event_id": str(row.pk)})
    return flag


def _given(reason: str, by: Actor) -> dict[str, Any]:
    person = person_for_actor(by)
    if len(reason.strip()) < _SHORTEST:
        raise InvalidInput("A flag needs a reason.", [Fault("/reason", "is too short", "at least 5 characters")])
    return {"reason": reason, "flagged_by": person}


@transaction.atomic
def revoke_flag(*, transaction_id: UUID, by: Actor) -> None:
    """Takes a flag or an imported label back; who gave it and why stays on the record. Nothing where there is none.

    Side effects: the flag removed, an audit entry. Raises NotAPerson.
    """
    flag = TransactionFlag.objects.select_for_update(of=("self",)).filter(transaction=transaction_id).first()
    _revoked(flag, "transaction_id", by)


@transaction.atomic
def revoke_event_flag(*, event_id: UUID, by: Actor) -> None:
    """As `revoke_flag`, of an entry of a batch record."""
    flag = EventFlag.objects.select_for_update(of=("self",)).filter(event=event_id).first()
    _revoked(flag, "event_id", by)


def _revoked(flag: TransactionFlag | EventFlag | None, key: str, by: Actor) -> None:
    person_for_actor(by)
    if flag is None:
        return
    author = flag.flagged_by.username
    before = {key: str(flag.row.pk), "is_suspicious": flag.is_suspicious, "source": flag.source, "by": author}
    _record(actions.FLAG_REVOKED, flag.row, by, flag.reason, before=before)
    flag.delete()


def _record(action: Any, row: Transaction | ProcessEvent, by: Actor, reason: str, **told: Any) -> None:
    record(action, by=by, object_type="customer", object_id=row.customer_id, stream=f"customer:{row.customer_id}",
           personal={"reason": reason}, subject_id=row.customer_id, **told)  # fmt: skip


@transaction.atomic
def import_labels(*, rows: Iterable[Mapping[str, Any] | DeliveredRow], source: str, by: Actor) -> IngestResult:
    """Labels transactions and entries of batch records that are known here, by the keys of the system that sent them.

    The same label again changes nothing; another one than is there is refused: it is taken back first. Side effects: the
    delivery, its rejected lines, the labels, an audit entry. Raises NotAPerson: a label has an author.
    """
    person = person_for_actor(by)
    kept = Ingest.objects.create(kind=DeliveryKind.LABELS, source=source[:60], delivered_by=by.name)
    rejected: list[RejectedRow] = []
    accepted = duplicates = 0
    for batch in in_batches(checked_rows(LABEL, rows, rejected), _BATCH):
        fresh, known = _judged(batch, person, rejected)
        TransactionFlag.objects.bulk_create(flag for flag in fresh.values() if isinstance(flag, TransactionFlag))
        EventFlag.objects.bulk_create(flag for flag in fresh.values() if isinstance(flag, EventFlag))
        accepted, duplicates = accepted + len(fresh), duplicates + known
    rejected.sort(key=lambda row: row.line)
    result = IngestResult(kept.pk, accepted, duplicates, tuple(rejected), len(rejected))
    count(kept, result)
    after = {"accepted": accepted, "duplicates": duplicates, "rejected": len(rejected), "source": source}
    record(actions.LABELS_IMPORTED, by=by, object_type="ingest", object_id=kept.pk, stream="labels", after=after)
    return result


def _judged(
    batch: list[tuple[DeliveredRow, dict[str, Any]]], person: User, rejected: list[RejectedRow]
) -> tuple[dict[UUID, TransactionFlag | EventFlag], int]:
    """New labels by row, and how many were known; what cannot be taken is added to `rejected`."""
    keys = {name: {values[name] for _, values in batch if values[name]} for name in _KEYS}
    found: dict[str, Any] = dict(zip(_KEYS, labelled_rows(person, *keys.values()), strict=True))
    fresh: dict[UUID, TransactionFlag | EventFlag] = {}
    known = 0
    for delivered, values in batch:
        named = [name for name in _KEYS if values[name]]
        if len(named) != 1:
            rejected.append(rejected_row(delivered, _NOT_ONE_KEY))
            continue
        meant = [
            row for row in found[named[0]].get(values[named[0]], [])
            if values["customer_external_id"] in {"", row.customer.external_id}
        ]  # fmt: skip
        if len(meant) != 1:
            rejected.append(rejected_row(delivered, _not_one(len(meant), named[0])))
            continue
        row, is_suspicious = meant[0], bool(values["label"])
        there = fresh.get(row.pk) or getattr(row, "flagged_manual", None)
        if there is None:
            fresh[row.pk] = _imported(row, is_suspicious, values["reason"], person)
        elif there.is_suspicious == is_suspicious:
            known += 1
        else:
            rejected.append(
                rejected_row(delivered, Fault("/label", "is labelled otherwise", "revoke that label first"))
            )
    return fresh, known


def _imported(
    row: Transaction | ProcessEvent, is_suspicious: bool, reason: str, person: User
) -> TransactionFlag | EventFlag:
    told: dict[str, Any] = {"is_suspicious": is_suspicious, "source": LabelSource.IMPORT, "reason": reason,
                            "flagged_by": person}  # fmt: skip
    return TransactionFlag(transaction=row, **told) if isinstance(row, Transaction) else EventFlag(event=row, **told)


def _not_one(number: int, key: str) -> Fault:
    if number:
        return Fault(f"/{key}", f"is of more than one customer's {_KEYS[key]}", "name the customer, too")
    return Fault(f"/{key}", f"is no {_KEYS[key]} known here", f"deliver the {_KEYS[key]} first")
