"""Who pays whom: a customer's counterparties with sums, and other customers that deal with the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from customers.models import Customer
from monitoring.enums import Direction
from monitoring.models import Transaction


@dataclass(frozen=True)
class Flow:
    """What ran between one customer and one counterparty, in the base currency."""

    customer_id: UUID
    name: str
    account: str
    country: str
    number: int
    came_in: Decimal
    went_out: Decimal
    last_at: datetime

    @property
    def total(self) -> Decimal:
        """Both directions together."""
        return self.came_in + self.went_out

    @property
    def key(self) -> str:
        """The counterparty's own key: its account, or its name where it has none."""
        return self.account or self.name.casefold()


def flows_of(customer: Customer, since: datetime, until: datetime, most: int) -> list[Flow]:
    """The customer's largest counterparties of the time, at most so many."""
    return _flows(customer.transactions.filter(booked_at__gte=since, booked_at__lte=until), most)


def flows_with_accounts(
    accounts: Sequence[str], besides: Customer, since: datetime, until: datetime, most: int
) -> list[Flow]:
    """What other customers had to do with the same counterparty accounts."""
    rows = Transaction.objects.filter(
        counterparty_account__in=[account for account in accounts if account],
        booked_at__gte=since,
        booked_at__lte=until,
    )
    return _flows(rows.exclude(customer=besides), most)


def _flows(rows: QuerySet[Transaction], most: int) -> list[Flow]:
    named = rows.exclude(counterparty_name="", counterparty_account="").order_by()
    keys = ("customer_id", "counterparty_name", "counterparty_account", "counterparty_country")
    grouped = named.values(*keys).annotate(
        number=Count("pk"), total=Sum("base_amount"), last_at=Max("booked_at"),
        came_in=Sum("base_amount", filter=Q(direction=Direction.IN), default=Decimal(0)),
        went_out=Sum("base_amount", filter=Q(direction=Direction.OUT), default=Decimal(0)),
    )  # fmt: skip
    return [
        Flow(
            row["customer_id"], row["counterparty_name"], row["counterparty_account"], row["counterparty_country"],
            row["number"], row["came_in"], row["went_out"], row["last_at"],
        )
        for row in grouped.order_by("-total", "counterparty_name")[:most]
    ]  # fmt: skip
