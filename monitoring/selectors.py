"""Reads of transactions, scenarios and alerts."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet, Sum

from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import Customer
from customers.selectors import customers_visible_to
from monitoring.enums import AlertDisposition, AlertState, Direction, ScenarioState
from monitoring.models import Alert, ExchangeRate, Finding, Ingest, Scenario, ScenarioVersion, Transaction


@dataclass(frozen=True)
class MonitoringSummary:
    """How a customer's activity stands; amounts in the base currency."""

    open_alerts: int
    transactions: int
    first_at: datetime | None
    last_at: datetime | None
    total_in: Decimal
    total_out: Decimal


def rate_on(currency: str, day: date) -> Decimal | None:
    """Units of `currency` for one unit of the base currency on `day`: the newest rate up to it. None where there is none."""
    if currency == settings.BASE_CURRENCY:
        return Decimal(1)
    found = ExchangeRate.objects.filter(currency=currency, on__lte=day).order_by("-on").first()
    return found.per_base if found else None


def exchange_rates() -> QuerySet[ExchangeRate]:
    """Every rate, by currency, newest first."""
    return ExchangeRate.objects.all()


def transactions_for_customer(customer: Customer) -> QuerySet[Transaction]:
    """The customer's transactions, newest first."""
    return customer.transactions.all()


def transactions_visible_to(principal: Any) -> QuerySet[Transaction]:
    """Transactions of the customers that `principal` may see."""
    visible = customers_visible_to(principal).order_by()
    return Transaction.objects.select_related("customer").filter(customer__in=visible)


def alerts_for_customer(customer: Customer) -> QuerySet[Alert]:
    """The customer's alerts, open ones first, with findings and the transactions behind them."""
    return _with_findings(customer.alerts.all())


def alerts_visible_to(principal: Any) -> QuerySet[Alert]:
    """Alerts of the customers that `principal` may see."""
    return _with_findings(Alert.objects.filter(customer__in=customers_visible_to(principal).order_by()))


def _with_findings(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    findings = Prefetch("findings", Finding.objects.select_related("transaction", "version"))
    return rows.select_related("scenario", "customer__party", "disposed_by").prefetch_related(findings)


def alert_for(principal: Any, pk: object) -> Alert:
    """The alert with this id, if `principal` may know of it; raises NotFound."""
    found = alerts_visible_to(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such alert.")
    return found


def monitoring_summary(customer: Customer) -> MonitoringSummary:
    """How the customer's activity stands."""
    told = customer.transactions.aggregate(
        number=Count("pk"), first=Min("booked_at"), last=Max("booked_at"),
        came=Sum("base_amount", filter=Q(direction=Direction.IN)),
        went=Sum("base_amount", filter=Q(direction=Direction.OUT)),
    )  # fmt: skip
    return MonitoringSummary(
        open_alerts=customer.alerts.filter(state=AlertState.OPEN).count(),
        transactions=told["number"],
        first_at=told["first"],
        last_at=told["last"],
        total_in=told["came"] or Decimal(0),
        total_out=told["went"] or Decimal(0),
    )


def scenarios() -> QuerySet[Scenario]:
    """Every scenario with its live version (`live_versions`) and its numbers of alerts."""
    live = Prefetch("versions", ScenarioVersion.objects.filter(state=ScenarioState.LIVE), to_attr="live_versions")
    return Scenario.objects.prefetch_related(live).annotate(
        alert_count=Count("alerts"),
        open_count=Count("alerts", filter=Q(alerts__state=AlertState.OPEN)),
        suspicious_count=Count("alerts", filter=Q(alerts__disposition=AlertDisposition.SUSPICIOUS)),
    )


def alert_counts(scenario: Scenario) -> tuple[int, int, int]:
    """(alerts, open ones, suspicious ones) of a scenario that `scenarios` gave."""
    return tuple(getattr(scenario, name) for name in ("alert_count", "open_count", "suspicious_count"))


def scenario_for(pk: object) -> Scenario:
    """The scenario with this id; raises NotFound."""
    found = scenarios().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such scenario.")
    return found


def live_versions() -> list[ScenarioVersion]:
    """The versions that transactions are assessed by."""
    return list(ScenarioVersion.objects.filter(state=ScenarioState.LIVE).select_related("scenario"))


def ingests() -> QuerySet[Ingest]:
    """Deliveries, newest first."""
    return Ingest.objects.all()
