"""The rows that judging a customer's transactions takes: their own, and what rules look at of others."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from monitoring.domains.finance import FINANCE
from monitoring.models import Transaction
from monitoring.rules.needs import Needs

MOST_ROWS = 20_000
_BATCH = 5000
_COLUMNS = {"counterparty_account": "counterparty_account", "account": "account", "type": "type", "channel": "channel",
            "counterparty_country": "counterparty_country", "currency": "currency"}  # fmt: skip


def assessment_rows(since: Mapping[UUID, datetime], needs: Needs, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """What judging the customers' transactions, of each from a moment on, takes: each row once, as values of `columns`."""
    own = own_rows(since, columns)
    return [*own, *rows_beside(since, needs, columns, own)]


def own_rows(since: Mapping[UUID, datetime], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The customers' own part of `assessment_rows`: as long as is kept, with the one before (so that a long silence is
    measured) and the very first (so that it is known since when)."""
    ids = list(since)
    kept = min(since.values()) - timedelta(days=FINANCE.kept_days)
    own = Transaction.objects.filter(customer__in=ids, booked_at__gte=kept).order_by().values_list(*columns)
    return [*own, *ends_before(ids, kept, columns)]


def rows_beside(
    since: Mapping[UUID, datetime], needs: Needs, columns: Sequence[str], known: Sequence[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """What rules with these needs look at beside the customers' own rows, without the rows `known`."""
    ids, start, place = list(since), min(since.values()), columns.index("id")
    found: dict[UUID, tuple[Any, ...]] = {}
    others = Transaction.objects.order_by("-booked_at")
    for rows in (*_connected(ids, others, start, needs), *_alike(ids, others, start, needs)):
        for row in rows.values_list(*columns)[:MOST_ROWS]:
            found.setdefault(row[place], row)
    for row in known:
        found.pop(row[place], None)
    return list(found.values())


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


def _connected(
    customers: Sequence[UUID], others: "QuerySet[Transaction]", since: datetime, needs: Needs
) -> list["QuerySet[Transaction]"]:
    """Payments of accounts that the customers' payments lead to, step by step up to the hops that the rules follow."""
    if not needs.hops:
        return []
    # a payment may complete a shape of which every other payment is up to a window older than the last
    recent = others.filter(booked_at__gt=since - timedelta(days=2 * needs.network_days))
    own = Transaction.objects.filter(
        customer__in=customers, booked_at__gt=since - timedelta(days=2 * needs.network_days)
    )
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


def _alike(
    customers: Sequence[UUID], others: "QuerySet[Transaction]", since: datetime, needs: Needs
) -> list["QuerySet[Transaction]"]:
    """Rows with the same value in a field that rules look among."""
    found = []
    for name, days in needs.among.items():
        if name in _COLUMNS:
            own = Transaction.objects.filter(customer__in=customers, booked_at__gte=since).order_by()
            values = own.values_list(name, flat=True).distinct()
            wanted = [value for value in values[:MOST_ROWS] if value]
            found.append(others.filter(booked_at__gt=since - timedelta(days=days), **{f"{name}__in": wanted}))
    return found
