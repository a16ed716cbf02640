"""The rows that judging a customer's transactions takes: their own, and what rules look at of others."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from customers.models import Customer
from monitoring.domains.finance import FINANCE
from monitoring.models import Transaction
from monitoring.rules.needs import Needs

MOST_ROWS = 20_000
_BATCH = 5000
_COLUMNS = {"counterparty_account": "counterparty_account", "account": "account", "type": "type", "channel": "channel",
            "counterparty_country": "counterparty_country", "currency": "currency"}  # fmt: skip


def history_of(customer: Customer, since: datetime, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The customer's transactions that a rule may look back to from `since` on.

    All within the longest window, the one before it (so that a long silence is measured) and the very first (so that
    it is known since when the customer is).
    """
    start = since - timedelta(days=FINANCE.kept_days)
    rows = customer.transactions.order_by()
    older = rows.filter(booked_at__lt=start)
    ends = [older.order_by("booked_at").values_list("pk", flat=True).first(),
            older.order_by("-booked_at").values_list("pk", flat=True).first()]  # fmt: skip
    return list(rows.filter(Q(booked_at__gte=start) | Q(pk__in=[pk for pk in ends if pk])).values_list(*columns))


def ends_before(customers: Sequence[UUID], start: datetime, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Of each customer the very first transaction before `start` and the last."""
    older = Transaction.objects.filter(booked_at__lt=start).order_by()
    if not older.exists():
        return []
    found: set[tuple[Any, ...]] = set()
    for place in range(0, len(customers), _BATCH):
        rows = older.filter(customer__in=customers[place : place + _BATCH])
        for order in (F("booked_at").asc(), F("booked_at").desc()):
            ranked = rows.annotate(rank=Window(RowNumber(), partition_by=F("customer_id"), order_by=order))
            found.update(ranked.filter(rank=1).values_list(*columns))
    return list(found)


def neighbourhood_of(
    customer: Customer, since: datetime, needs: Needs, columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Transactions of other customers that rules look at beside the customer's own from `since` on.

    Payments of accounts that the customer's payments lead to, step by step up to the hops that the rules follow; and
    rows with the same value in a field that rules look among. At most MOST_ROWS of each, the newest.
    """
    others = Transaction.objects.exclude(customer=customer).order_by("-booked_at")
    found: dict[Any, tuple[Any, ...]] = {}
    for rows in (*_connected(customer, others, since, needs), *_alike(customer, others, since, needs)):
        for row in rows.values_list("id", *columns)[:MOST_ROWS]:
            found[row[0]] = row[1:]
    return list(found.values())


def _connected(customer: Customer, others: "QuerySet[Transaction]", since: datetime, needs: Needs) -> list[Any]:
    if not needs.hops:
        return []
    # a payment may complete a shape of which every other payment is up to a window older than the last
    recent = others.filter(booked_at__gt=since - timedelta(days=2 * needs.network_days))
    own = customer.transactions.filter(booked_at__gt=since - timedelta(days=2 * needs.network_days))
    seen: set[str] = set()
    reached = _accounts(own)
    steps = []
    for _ in range(needs.hops):
        fresh = reached - seen
        if not fresh or len(seen) > MOST_ROWS:
            break
        seen |= fresh
        rows = recent.filter(Q(account__in=fresh) | Q(counterparty_account__in=fresh))
        steps.append(rows)
        reached = _accounts(rows)
    return steps


def _accounts(rows: "QuerySet[Transaction]") -> set[str]:
    pairs = rows.values_list("account", "counterparty_account")[:MOST_ROWS]
    return {account for pair in pairs for account in pair if account}


def _alike(customer: Customer, others: "QuerySet[Transaction]", since: datetime, needs: Needs) -> list[Any]:
    found = []
    for name, days in needs.among.items():
        if name in _COLUMNS:
            values = customer.transactions.filter(booked_at__gte=since).values_list(name, flat=True).distinct()
            wanted = [value for value in values[:MOST_ROWS] if value]
            found.append(others.filter(booked_at__gt=since - timedelta(days=days), **{f"{name}__in": wanted}))
    return found
