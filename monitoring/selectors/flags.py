"""Labels that people gave rows themselves, and the rows they may give them."""

from typing import Any

from django.db.models import QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from customers.selectors import customers_visible_to
from monitoring.enums import LabelSource
from monitoring.models import Transaction, TransactionFlag
from monitoring.selectors.records import transactions_visible_to


def transaction_for(principal: Any, pk: object) -> Transaction:
    """The transaction with this id with its label, if `principal` may know of it; raises NotFound."""
    rows = transactions_visible_to(principal).select_related("customer__party", "flagged_manual__flagged_by")
    found = rows.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such transaction.")
    return found


def flags_visible_to(principal: Any, source: str = "") -> QuerySet[TransactionFlag]:
    """Flags and imported labels of the customers that `principal` may see, newest first; of one source where it is told."""
    visible = customers_visible_to(principal).order_by()
    rows = TransactionFlag.objects.filter(transaction__customer__in=visible).order_by("-created_at", "-id")
    rows = rows.select_related("transaction__customer__party", "flagged_by")
    return rows.filter(source=source) if source in LabelSource.values else rows


def labelled_rows(principal: Any, external_ids: set[str]) -> dict[str, list[Transaction]]:
    """Transactions that `principal` may see by their keys in the systems that sent them, with customer and label."""
    rows = transactions_visible_to(principal).filter(external_id__in=external_ids).select_related("flagged_manual")
    found: dict[str, list[Transaction]] = {}
    for row in rows:
        found.setdefault(row.external_id, []).append(row)
    return found
