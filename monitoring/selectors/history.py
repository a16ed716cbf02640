"""The rows that judging a customer's transactions takes: their own, and what rules look at of others."""

from collections.abc import Iterator, Mapping, Sequence
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
_COLUMNS = {"counterparty_account", "account", "type", "channel", "counterparty_country", "currency"}


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
    """What rules with these needs look at beside the customers' own rows, which are among the rows `known`; without these."""
    start, place = min(since.values()), columns.index("id")
    own = [dict(zip(columns, row, strict=True)) for row in known if row[columns.index("customer_id")] in since]
    found: dict[UUID, tuple[Any, ...]] = {}
    for rows in (*_connected(own, start, needs, columns), *_alike(own, start, needs, columns)):
        for row in rows:
            found.setdefault(row[place], row)
    for row in known:
        found.pop(row[place], None)
    return list(found.values())


def ends_before(customers: Sequence[UUID], start: datetime, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Of each customer the very first transaction before `start` and the last."""
    found: set[tuple[Any, ...]] = set()
    for place in range(0, len(customers), _BATCH):
        some = customers[place : place + _BATCH]
        rows = Transaction.objects.filter(customer__in=some, booked_at__lt=start).order_by()
        if not rows.exists():
            continue
        for order in (F("booked_at").asc(), F("booked_at").desc()):
            ranked = rows.annotate(rank=Window(RowNumber(), partition_by=F("customer_id"), order_by=order))
            found.update(ranked.filter(rank=1).values_list(*columns))
    return list(found)


_Rows = Sequence[tuple[Any, ...]]


def _connected(
    own: Sequence[Mapping[str, Any]], since: datetime, needs: Needs, columns: Sequence[str]
) -> Iterator[_Rows]:
    """Payments of accounts that the customers' own payments lead to, step by step up to the hops that the rules follow."""
    # a payment may complete a shape of which every other payment is up to a window older than the last
    begin = since - timedelta(days=2 * needs.network_days)
    recent = Transaction.objects.filter(booked_at__gt=begin)
    ends = [columns.index("account"), columns.index("counterparty_account")]
    seen: set[str] = set()
    reached = {row[columns[end]] for row in own if row["booked_at"] > begin for end in ends}
    for _ in range(needs.hops):
        fresh = reached - seen - {""}
        if not fresh or len(seen) > MOST_ROWS:
            return
        seen |= fresh
        rows = _newest(recent.filter(Q(account__in=fresh) | Q(counterparty_account__in=fresh)), columns)
        yield rows
        reached = {row[end] for row in rows for end in ends}


def _alike(own: Sequence[Mapping[str, Any]], since: datetime, needs: Needs, columns: Sequence[str]) -> Iterator[_Rows]:
    """Rows with the same value in a field that rules look among."""
    for name, days in needs.among.items():
        if name in _COLUMNS:
            values = {row[name] for row in own if row["booked_at"] >= since and row[name]}
            wanted = {"booked_at__gt": since - timedelta(days=days), f"{name}__in": list(values)[:MOST_ROWS]}
            yield _newest(Transaction.objects.filter(**wanted), columns)


def _newest(rows: "QuerySet[Transaction]", columns: Sequence[str]) -> _Rows:
    return list(rows.order_by("-booked_at").values_list(*columns)[:MOST_ROWS])
