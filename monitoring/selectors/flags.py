"""Labels that people gave rows themselves, and the rows they may give them."""

from typing import Any, TypeVar

from django.db.models import QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from customers.selectors import of_visible_customers
from monitoring.enums import LabelSource
from monitoring.models import EventFlag, ProcessEvent, Transaction, TransactionFlag
from monitoring.selectors.processes import process_events_visible_to
from monitoring.selectors.records import transactions_visible_to

_Row = TypeVar("_Row", Transaction, ProcessEvent)


def transaction_for(principal: Any, pk: object) -> Transaction:
    """The transaction with this id with its label, if `principal` may know of it; raises NotFound."""
    rows = transactions_visible_to(principal).select_related("customer__party", "flagged_manual__flagged_by")
    found = rows.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such transaction.")
    return found


def event_for(principal: Any, pk: object) -> ProcessEvent:
    """The entry of a batch record with this id with its label, if `principal` may know of it; raises NotFound."""
    rows = process_events_visible_to(principal).select_related("customer__party", "flagged_manual__flagged_by")
    found = rows.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such entry.")
    return found


def flags_visible_to(principal: Any, source: str = "") -> QuerySet[TransactionFlag]:
    """Flags and imported labels of the customers that `principal` may see, newest first; of one source where it is told."""
    visible = of_visible_customers(principal, "transaction__customer__")
    rows = TransactionFlag.objects.filter(visible).order_by("-created_at", "-id")
    rows = rows.select_related("transaction__customer__party", "flagged_by")
    return rows.filter(source=source) if source in LabelSource.values else rows


def event_flags_visible_to(principal: Any, source: str = "") -> QuerySet[EventFlag]:
    """As `flags_visible_to`, of entries of batch records."""
    rows = EventFlag.objects.filter(of_visible_customers(principal, "event__customer__")).order_by("-created_at", "-id")
    rows = rows.select_related("event__customer__party", "flagged_by")
    return rows.filter(source=source) if source in LabelSource.values else rows


def labelled_rows(
    principal: Any, transactions: set[str], events: set[str]
) -> tuple[dict[str, list[Transaction]], dict[str, list[ProcessEvent]]]:
    """Transactions and entries of batch records that `principal` may see by their keys in the systems that sent them, with
    customer and label."""
    money = transactions_visible_to(principal).filter(external_id__in=transactions).select_related("flagged_manual")
    entries = process_events_visible_to(principal).filter(external_id__in=events)
    return _by_key(money), _by_key(entries.select_related("customer", "flagged_manual"))


def _by_key(rows: QuerySet[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.external_id, []).append(row)
    return found
