"""Which customers a workflow is to go through."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.enums import CaseStatus
from cases.models import Case
from core.clock import now
from customers.enums import CustomerStatus, RatingLevel
from customers.models import Customer, RiskRating
from monitoring.models import Transaction
from screening.selectors import active_customers, active_versions, pending_customers

FINDERS = ("review_due", "active", "new_transactions", "unscreened")
MOST_CUSTOMERS = 5000
_MONTH = timedelta(days=30.4375)


def customers_found(which: str, *, days: int, high: int, medium: int, low: int) -> QuerySet[Customer]:
    """The customers in a relationship that a finder names, the oldest first.

    `review_due`: no case is open, and the last was closed (or the relationship begun) more months ago than the newest
    rating allows, `medium` where there is none (FATF R.10: ongoing due diligence by risk). `new_transactions`: some came in
    the last `days`. `unscreened`: not screened against every list in force; nobody while none is.
    """
    rows = Customer.objects.filter(status=CustomerStatus.ACTIVE).order_by("created_at")
    if which == "review_due":
        return _review_due(rows, {RatingLevel.HIGH: high, RatingLevel.MEDIUM: medium, RatingLevel.LOW: low})
    if which == "new_transactions":
        since = now() - timedelta(days=days)
        return rows.filter(Exists(Transaction.objects.filter(customer=OuterRef("pk"), created_at__gte=since)))
    if which == "unscreened":
        missing = [Q(pk__in=pending_customers(version).values("pk")) for version in active_versions()]
        found = active_customers().order_by("created_at")
        return found.filter(reduce(or_, missing)) if missing else found.none()
    return rows


def _review_due(rows: QuerySet[Customer], months: dict[RatingLevel, int]) -> QuerySet[Customer]:
    newest = RiskRating.objects.filter(customer=OuterRef("pk")).order_by("-created_at").values("level")[:1]
    closed = Case.objects.filter(customer=OuterRef("pk")).order_by("-closed_at").values("closed_at")
    since = Coalesce(Subquery(closed.filter(closed_at__isnull=False)[:1]), "created_at")
    is_open = Case.objects.filter(customer=OuterRef("pk")).exclude(status=CaseStatus.CLOSED)
    due = [Q(level=level.value, reviewed_at__lt=now() - count * _MONTH) for level, count in months.items()]
    unrated = Q(level=None, reviewed_at__lt=now() - months[RatingLevel.MEDIUM] * _MONTH)
    found = rows.annotate(level=Subquery(newest), reviewed_at=since)
    return found.filter(reduce(or_, due, unrated), ~Exists(is_open))
