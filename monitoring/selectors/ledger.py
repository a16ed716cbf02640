"""A customer's transactions as a table that is sorted, narrowed, grouped and summed by the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from core.clock import now
from core.ids import parse_id
from core.words import said
from customers.models import Customer
from monitoring.enums import Direction
from monitoring.models import Transaction

SORTS = {"booked": "booked_at", "amount": "base_amount", "counterparty": "counterparty_name"}
PERIODS = {"30": said("30 days"), "90": said("90 days"), "365": said("A year"), "": said("All")}
_GROUP_SORTS = {"booked": "last", "amount": "total", "counterparty": "counterparty_name"}
_COUNTERPARTY = ("counterparty_name", "counterparty_account", "counterparty_country")


@dataclass(frozen=True)
class LedgerQuery:
    """How the table is looked at. `like` is the id of a transaction: only those with its counterparty.

    Names stay out of URLs, so a counterparty is meant by one of its transactions.
    """

    sort: str = "booked"
    ascending: bool = False
    direction: str = ""
    days: str = ""
    grouped: bool = False
    like: str = ""


@dataclass(frozen=True)
class Totals:
    """Sums in the base currency of everything the query holds."""

    number: int
    came_in: Decimal
    went_out: Decimal


def ledger_query(params: Mapping[str, str]) -> LedgerQuery:
    """The query of a URL (`t_sort`, `t_asc`, `t_direction`, `t_days`, `t_group`, `t_like`); what it cannot be is ignored."""
    sort, direction, days = (params.get(f"t_{name}", "") for name in ("sort", "direction", "days"))
    return LedgerQuery(
        sort=sort if sort in SORTS else "booked", ascending=bool(params.get("t_asc")),
        direction=direction if direction in Direction.values else "", days=days if days in PERIODS else "",
        grouped=bool(params.get("t_group")), like=params.get("t_like", ""),
    )  # fmt: skip


def ledger_rows(customer: Customer, query: LedgerQuery) -> QuerySet[Transaction]:
    """The transactions of the query in its order, with their labels."""
    rows = _narrowed(customer, query).select_related("flagged_manual")
    return rows.order_by(_ordered(SORTS[query.sort], query), "-id")


def ledger_groups(customer: Customer, query: LedgerQuery) -> QuerySet[Transaction, dict[str, Any]]:
    """One row a counterparty: number, sums in and out, first and last, and `sample`, the id of one transaction."""
    grouped = _narrowed(customer, query).order_by().values(*_COUNTERPARTY).annotate(
        number=Count("pk"), first=Min("booked_at"), last=Max("booked_at"), total=Sum("base_amount"),
        came_in=Sum("base_amount", filter=Q(direction=Direction.IN)),
        went_out=Sum("base_amount", filter=Q(direction=Direction.OUT)), sample=Max(Cast("pk", TextField())),
    )  # fmt: skip
    ordered: QuerySet[Transaction, dict[str, Any]] = grouped.order_by(
        _ordered(_GROUP_SORTS[query.sort], query), *_COUNTERPARTY
    )
    return ordered


def ledger_totals(customer: Customer, query: LedgerQuery) -> Totals:
    """The sums of the query."""
    told = _narrowed(customer, query).aggregate(
        number=Count("pk"), came=Sum("base_amount", filter=Q(direction=Direction.IN)),
        went=Sum("base_amount", filter=Q(direction=Direction.OUT)),
    )  # fmt: skip
    return Totals(told["number"], told["came"] or Decimal(0), told["went"] or Decimal(0))


def _narrowed(customer: Customer, query: LedgerQuery) -> QuerySet[Transaction]:
    rows = customer.transactions.all()
    if query.direction:
        rows = rows.filter(direction=query.direction)
    if query.days:
        rows = rows.filter(booked_at__gte=now() - timedelta(days=int(query.days)))
    if query.like:
        sample = customer.transactions.filter(pk=parse_id(query.like)).values(*_COUNTERPARTY).first()
        rows = rows.filter(**sample) if sample else rows.none()
    return rows


def _ordered(column: str, query: LedgerQuery) -> Any:
    return F(column).asc() if query.ascending else F(column).desc()
