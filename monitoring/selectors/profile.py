"""Expected against actual activity, and through which accounts it runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Sum

from core.clock import now
from customers.models import Customer

_MONTHS, _DAYS = 3, 90
_MOST_ACCOUNTS = 20


@dataclass(frozen=True)
class AccountUse:
    """An account of the customer's with what ran through it."""

    account: str
    number: int
    total: Decimal
    last_at: datetime


@dataclass(frozen=True)
class ActivityProfile:
    """A month's volume in the base currency: what was expected at onboarding, and the mean of the last three months."""

    expected: Decimal | None
    actual: Decimal
    accounts: tuple[AccountUse, ...]

    @property
    def percent(self) -> int | None:
        """Actual in percent of expected; None where nothing was expected."""
        return round(100 * self.actual / self.expected) if self.expected else None


def activity_profile(customer: Customer) -> ActivityProfile:
    """Both, with the customer's accounts, the busiest first."""
    recent = customer.transactions.filter(booked_at__gte=now() - timedelta(days=_DAYS))
    total = recent.aggregate(total=Sum("base_amount"))["total"] or Decimal(0)
    used = customer.transactions.exclude(account="").order_by().values("account").annotate(
        number=Count("pk"), total=Sum("base_amount"), last_at=Max("booked_at")
    )  # fmt: skip
    accounts = tuple(AccountUse(**row) for row in used.order_by("-total")[:_MOST_ACCOUNTS])
    return ActivityProfile(customer.expected_monthly_volume, total / _MONTHS, accounts)
