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
from monitoring.models import Ingest, Transaction, TransactionFlag
from monitoring.selectors import labelled_rows
from monitoring.services.taking import IngestResult, RejectedRow, checked_rows, count, in_batches, rejected_row

_SHORTEST, _BATCH = 5, 500


@transaction.atomic
def flag_transaction(*, transaction_id: UUID, reason: str, by: Actor) -> TransactionFlag:
    """A person's word that a transaction is suspicious: a label. A second flag keeps the first one.

    Side effects: the flag, an audit entry. Raises NotAPerson, InvalidInput for a reason under five characters.
    """
    person = person_for_actor(by)
    if len(reason.strip()) < _SHORTEST:
        raise InvalidInput("A flag needs a reason.", [Fault("/reason", "is too short", "at least 5 characters")])
    row = Transaction.objects.get(pk=transaction_id)
    flag, is_new = TransactionFlag.objects.get_or_create(
        transaction=row, defaults={"reason": reason, "flagged_by": person}
    )
    if is_new:
        record(actions.TRANSACTION_FLAGGED, by=by, object_type="customer", object_id=row.customer_id,
               stream=f"customer:{row.customer_id}", after={"transaction_id": str(row.pk)},
               personal={"reason": reason}, subject_id=row.customer_id)  # fmt: skip
    return flag


@transaction.atomic
def revoke_flag(*, transaction_id: UUID, by: Actor) -> None:
    """Takes a flag or an imported label back; who gave it and why stays on the record. Nothing where there is none.

    Side effects: the flag removed, an audit entry. Raises NotAPerson.
    """
    person_for_actor(by)
    flag = TransactionFlag.objects.select_for_update(of=("self",)).filter(transaction=transaction_id).first()
    if flag is None:
        return
    row, author = flag.transaction, flag.flagged_by.username
    before = {"transaction_id": str(row.pk), "is_suspicious": flag.is_suspicious, "source": flag.source, "by": author}
    record(actions.FLAG_REVOKED, by=by, object_type="customer", object_id=row.customer_id,
           stream=f"customer:{row.customer_id}", before=before,
           personal={"reason": flag.reason}, subject_id=row.customer_id)  # fmt: skip
    flag.delete()


@transaction.atomic
def import_labels(*, rows: Iterable[Mapping[str, Any] | DeliveredRow], source: str, by: Actor) -> IngestResult:
    """Labels transactions that are known here, by the keys of the system that sent them.

    The same label again changes nothing; another one than is there is refused: it is taken back first. Side effects: the
    delivery, its rejected lines, the labels, an audit entry. Raises NotAPerson: a label has an author.
    """
    person = person_for_actor(by)
    kept = Ingest.objects.create(kind=DeliveryKind.LABELS, source=source[:60], delivered_by=by.name)
    rejected: list[RejectedRow] = []
    accepted = duplicates = 0
    for batch in in_batches(checked_rows(LABEL, rows, rejected), _BATCH):
        fresh, known = _judged(batch, person, rejected)
        TransactionFlag.objects.bulk_create(fresh.values())
        accepted, duplicates = accepted + len(fresh), duplicates + known
    rejected.sort(key=lambda row: row.line)
    result = IngestResult(kept.pk, accepted, duplicates, tuple(rejected), len(rejected))
    count(kept, result)
    after = {"accepted": accepted, "duplicates": duplicates, "rejected": len(rejected), "source": source}
    record(actions.LABELS_IMPORTED, by=by, object_type="ingest", object_id=kept.pk, stream="labels", after=after)
    return result


def _judged(
    batch: list[tuple[DeliveredRow, dict[str, Any]]], person: User, rejected: list[RejectedRow]
) -> tuple[dict[UUID, TransactionFlag], int]:
    """New labels by transaction, and how many were known; what cannot be taken is added to `rejected`."""
    rows = labelled_rows(person, {values["transaction_external_id"] for _, values in batch})
    fresh: dict[UUID, TransactionFlag] = {}
    known = 0
    for delivered, values in batch:
        meant = [
            row for row in rows.get(values["transaction_external_id"], [])
            if values["customer_external_id"] in {"", row.customer.external_id}
        ]  # fmt: skip
        if len(meant) != 1:
            rejected.append(rejected_row(delivered, _not_one(len(meant))))
            continue
        row, is_suspicious = meant[0], bool(values["label"])
        there = fresh.get(row.pk) or getattr(row, "flagged_manual", None)
        if there is None:
            fresh[row.pk] = TransactionFlag(
                transaction=row, is_suspicious=is_suspicious, source=LabelSource.IMPORT, reason=values["reason"],
                flagged_by=person,
            )  # fmt: skip
        elif there.is_suspicious == is_suspicious:
            known += 1
        else:
            rejected.append(
                rejected_row(delivered, Fault("/label", "is labelled otherwise", "revoke that label first"))
            )
    return fresh, known


def _not_one(number: int) -> Fault:
    if number:
        return Fault("/transaction_external_id", "is of more than one customer", "name the customer, too")
    return Fault("/transaction_external_id", "is no transaction known here", "deliver the transaction first")
