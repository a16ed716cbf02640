"""Reads of the archive: the policy, which rows may leave the database, what lies where, what of a customer's is archived."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from core.clock import now, today
from monitoring.archive import files
from monitoring.domains.finance import FINANCE
from monitoring.models import ArchivedMonth, ArchivedShare, ArchivePolicy, PendingAssessment, Transaction
from monitoring.snapshots.manifest import read_manifest
from monitoring.snapshots.sources import folder_of, month_span, source_of

LEAST_MONTHS = 26  # a backtest looks at a year, and from its first day back as far as any window may reach
_LOOKED_BACK = timedelta(days=FINANCE.kept_days)


@dataclass(frozen=True)
class Archived:
    """What of a customer's transactions lies in the archive; amounts in the base currency."""

    rows: int
    first_at: datetime | None
    last_at: datetime | None
    came_in: Decimal
    went_out: Decimal


@dataclass(frozen=True)
class MonthLine:
    """A month: how many rows the database has (None: not known here), and what is archived of it."""

    month: str
    at_hand: int | None
    archived: ArchivedMonth | None


def archive_policy() -> ArchivePolicy:
    """The newest version; before any was published, everything stays in the database."""
    return ArchivePolicy.objects.first() or ArchivePolicy(number=0)


def archive_policies() -> QuerySet[ArchivePolicy]:
    """Every version, newest first."""
    return ArchivePolicy.objects.all()


def archived_before(policy: ArchivePolicy) -> datetime | None:
    """The first moment that stays in the database: the first of a month, so many months ago. None: everything stays."""
    if policy.months is None:
        return None
    before: datetime = _first_of_month() - relativedelta(months=policy.months)
    return before


def _first_of_month() -> datetime:
    return now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def due_months(before: datetime) -> list[str]:
    """Months before `before` that were not gone through since the first of this month, the oldest first.

    None where transactions of such a month wait to be assessed; months that were brought back stay as long as was said.
    """
    if PendingAssessment.objects.filter(since__lt=before).exists():
        return []
    gone_through = Q(changed_at__gte=_first_of_month()) | Q(at_hand_until__gte=today())
    done = set(ArchivedMonth.objects.filter(gone_through).values_list("month", flat=True))
    return [month for month in _months_before(before) if month not in done]


def leaving_rows(month: str, before: datetime) -> QuerySet[Transaction]:
    """Rows of the month that nothing needs at hand.

    What stays: each customer's first transaction and the last before `before` through each account (a silence is measured
    from it, and whose an account is known by it), and every row that something else points at: findings, labels, scores.
    """
    own = Transaction.objects.filter(customer=OuterRef("customer")).order_by()
    earlier = own.filter(booked_at__lt=OuterRef("booked_at"))
    later = own.filter(account=OuterRef("account"), booked_at__gt=OuterRef("booked_at"), booked_at__lt=before)
    rows = rows_of_month(month).filter(Exists(earlier), Exists(later))
    for relation in Transaction._meta.related_objects:
        pointing: Any = relation.related_model._default_manager
        rows = rows.exclude(Exists(pointing.filter(**{relation.field.name: OuterRef("pk")}).order_by()))
    return rows


def rows_of_month(month: str) -> QuerySet[Transaction]:
    """The month's transactions that the database has."""
    start, end = month_span(month)
    return Transaction.objects.filter(booked_at__gte=start, booked_at__lt=end).order_by()


def _months_before(before: datetime) -> Iterator[str]:
    first = Transaction.objects.aggregate(first=Min("booked_at"))["first"]
    while first is not None and first < before:
        month = first.astimezone(UTC).strftime("%Y-%m")
        yield month
        first = month_span(month)[1]


def month_lines() -> list[MonthLine]:
    """Every month, the newest first. How many rows are at hand is what this machine's snapshot says: up to a day old."""
    archived = {row.month: row for row in ArchivedMonth.objects.all()}
    parts = read_manifest(folder_of(FINANCE.code), source_of(FINANCE.code).columns).months
    at_hand = {month: part.rows for month, part in parts.items()}
    return [
        MonthLine(month, at_hand.get(month), archived.get(month))
        for month in sorted(archived.keys() | at_hand.keys(), reverse=True)
    ]


def archived_months() -> QuerySet[ArchivedMonth]:
    """Months that lie in files."""
    return ArchivedMonth.objects.exclude(file="")


def archived_of(customer_id: UUID) -> Archived:
    """What of the customer's transactions lies in the archive."""
    told = ArchivedShare.objects.filter(customer=customer_id).aggregate(
        rows=Sum("rows"), first=Min("first_at"), last=Max("last_at"), came=Sum("came_in"), went=Sum("went_out")
    )
    zero = Decimal(0)
    return Archived(told["rows"] or 0, told["first"], told["last"], told["came"] or zero, told["went"] or zero)


def archived_rows_of(customer_id: UUID) -> list[dict[str, Any]]:
    """The customer's archived transactions as they were in the database, the oldest first. Opens every file they are in."""
    table: Any = import_module("monitoring.archive.table")  # Polars is loaded where a file is read only
    months = archived_months().filter(shares__customer=customer_id).order_by("month")
    frames = [table.only(table.read(files.get(row.file, row.sha256)), customer_id) for row in months]
    return [vars(item) for frame in frames for batch in table.objects_of(frame) for item in batch]


def archived_through() -> datetime | None:
    """Before this moment a late delivery may concern what is archived of its customer; None where nothing is archived."""
    newest = archived_months().aggregate(newest=Max("month"))["newest"]
    return month_span(newest)[1] + _LOOKED_BACK if newest else None


def is_archived_for(customer_id: UUID, booked_at: datetime) -> bool:
    """Whether judging a transaction of that moment would take rows of the customer that are archived, or it is one of them."""
    newest = ArchivedShare.objects.filter(customer=customer_id).aggregate(newest=Max("month__month"))["newest"]
    return newest is not None and booked_at < month_span(newest)[1] + _LOOKED_BACK
