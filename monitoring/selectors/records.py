"""Reads of transactions, scenarios and alerts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncWeek
from django.utils.timezone import localtime

from accounts.models import ApiClient
from core.clock import now, today
from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import Customer
from customers.selectors import of_visible_customers
from monitoring.enums import AlertDisposition, AlertState, Direction, Quiet, ScenarioState
from monitoring.models import (
    Alert,
    AlertSnooze,
    ExchangeRate,
    Finding,
    Ingest,
    QuietFinding,
    Scenario,
    ScenarioVersion,
    Transaction,
)
from monitoring.selectors.archive import archived_of
from monitoring.selectors.second_looks import is_kept_from

FINDINGS_OF_A_LIST = 5
_BATCH = 500
_MANY = 5000
_WEEKS = 25
_DIGITS = 9  # of the number of a version


@dataclass(frozen=True)
class MonitoringSummary:
    """How a customer's activity stands; amounts in the base currency."""

    open_alerts: int
    transactions: int
    first_at: datetime | None
    last_at: datetime | None
    total_in: Decimal
    total_out: Decimal


@dataclass(frozen=True)
class Activity:
    """Totals of each week from the Monday `since` on, in the base currency."""

    since: date
    came_in: tuple[Decimal, ...]
    went_out: tuple[Decimal, ...]

    @property
    def highest(self) -> Decimal:
        """The largest total of a week."""
        return max((*self.came_in, *self.went_out))


def rate_on(currency: str, day: date) -> Decimal | None:
    """Units of `currency` for one unit of the base currency on `day`: the newest rate up to it. None where there is none."""
    if currency == settings.BASE_CURRENCY:
        return Decimal(1)
    found = ExchangeRate.objects.filter(currency=currency, on__lte=day).order_by("-on").first()
    return found.per_base if found else None


def exchange_rates() -> QuerySet[ExchangeRate]:
    """Every rate, by currency, newest first."""
    return ExchangeRate.objects.all()


def customers_by_external_id(wanted: set[str], client: ApiClient | None) -> dict[str, list[Customer]]:
    """Of the client (None: of all) the customers with these external ids; several clients may use one id."""
    rows = Customer.objects.select_related("registered_by_client")
    mine = rows.filter(registered_by_client=client) if client else rows
    found: dict[str, list[Customer]] = {}
    names = sorted(wanted)
    for start in range(0, len(names), _BATCH):
        for customer in mine.filter(external_id__in=names[start : start + _BATCH]):
            found.setdefault(customer.external_id, []).append(customer)
    return found


def customer_keys(wanted: set[str], client: ApiClient | None) -> dict[str, list[tuple[UUID, UUID | None]]]:
    """As `customers_by_external_id`, of many: key and registering client of each."""
    rows = Customer.objects.filter(registered_by_client=client) if client else Customer.objects.all()
    found: dict[str, list[tuple[UUID, UUID | None]]] = {}
    names = sorted(wanted)
    for start in range(0, len(names), _MANY):
        some = rows.filter(external_id__in=names[start : start + _MANY]).order_by()
        for name, pk, client_id in some.values_list("external_id", "pk", "registered_by_client_id"):
            found.setdefault(name, []).append((pk, client_id))
    return found


def customers_by_account(accounts: set[str], client: ApiClient | None) -> dict[str, list[Customer]]:
    """Whose the accounts are: customers with the account as external id; else those whose transactions ran through it."""
    found = customers_by_external_id(accounts, client)
    names = sorted(accounts - set(found))
    for start in range(0, len(names), _BATCH):
        ran = Transaction.objects.filter(account__in=names[start : start + _BATCH])
        mine = ran.filter(customer__registered_by_client=client) if client else ran
        pairs = list(mine.order_by().values_list("account", "customer_id").distinct())
        holders = Customer.objects.select_related("registered_by_client").in_bulk([pk for _, pk in pairs])
        for account, pk in pairs:
            found.setdefault(account, []).append(holders[pk])
    return found


def activity_for_customer(customer: Customer) -> Activity:
    """What came in and went out in each of the last weeks."""
    first = now() - timedelta(weeks=_WEEKS)
    rows = customer.transactions.filter(booked_at__gte=first).order_by().annotate(week=TruncWeek("booked_at"))
    totals = {
        (row["week"].date(), row["direction"]): row["total"]
        for row in rows.values("week", "direction").annotate(total=Sum("base_amount"))
    }
    monday = localtime(now()).date() - timedelta(days=localtime(now()).weekday())
    weeks = [monday - timedelta(weeks=number) for number in range(_WEEKS, -1, -1)]
    came = tuple(totals.get((week, Direction.IN), Decimal(0)) for week in weeks)
    went = tuple(totals.get((week, Direction.OUT), Decimal(0)) for week in weeks)
    return Activity(weeks[0], came, went)


def transactions_for_customer(customer: Customer) -> QuerySet[Transaction]:
    """The customer's transactions, newest first."""
    return customer.transactions.all()


def transactions_visible_to(principal: Any) -> QuerySet[Transaction]:
    """Transactions of the customers that `principal` may see."""
    return Transaction.objects.select_related("customer").filter(of_visible_customers(principal))


def alerts_for_customer(customer: Customer) -> QuerySet[Alert]:
    """The customer's alerts, open ones first, each with its newest findings and the transactions behind them."""
    return _with_findings(customer.alerts.all(), FINDINGS_OF_A_LIST)


def alerts_visible_to(principal: Any) -> QuerySet[Alert]:
    """Alerts of the customers that `principal` may see, each with its newest findings.

    `is_kept_back`: the decision is not shown to them, because they may have to judge the alert a second time.
    """
    rows = _with_findings(Alert.objects.filter(of_visible_customers(principal)), FINDINGS_OF_A_LIST)
    return rows.annotate(is_kept_back=is_kept_from(principal))


def _with_findings(rows: QuerySet[Alert], most: int) -> QuerySet[Alert]:
    """With `newest_findings`, at most so many (a busy scenario has thousands), and their number, `finding_count`."""
    some = Finding.objects.select_related("transaction__flagged_manual", "event__flagged_manual", "version")[:most]
    newest = Prefetch("findings", some, to_attr="newest_findings")
    related = ("scenario", "customer__party", "decision__decided_by")
    number = Finding.objects.filter(alert=OuterRef("pk")).order_by().values("alert").values(number=Count("pk"))
    # A count for each alert that is shown: grouping would count those of all alerts first.
    return rows.select_related(*related).annotate(finding_count=Coalesce(Subquery(number), 0)).prefetch_related(newest)


def findings_of_alert(alert: Alert) -> QuerySet[Finding]:
    """All findings of an alert with their transactions, newest first."""
    return Finding.objects.filter(alert=alert).select_related(
        "transaction__flagged_manual", "event__flagged_manual", "version"
    )


def alert_for(principal: Any, pk: object) -> Alert:
    """The alert with this id, if `principal` may know of it; raises NotFound."""
    found = alerts_visible_to(principal).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such alert.")
    return found


def monitoring_summary(customer: Customer) -> MonitoringSummary:
    """How the customer's activity stands, with what is archived."""
    told = customer.transactions.aggregate(
        number=Count("pk"), first=Min("booked_at"), last=Max("booked_at"),
        came=Sum("base_amount", filter=Q(direction=Direction.IN)),
        went=Sum("base_amount", filter=Q(direction=Direction.OUT)),
    )  # fmt: skip
    archived = archived_of(customer.pk)
    return MonitoringSummary(
        open_alerts=customer.alerts.filter(state=AlertState.OPEN).count(),
        transactions=told["number"] + archived.rows,
        first_at=min(filter(None, (told["first"], archived.first_at)), default=None),
        last_at=max(filter(None, (told["last"], archived.last_at)), default=None),
        total_in=(told["came"] or Decimal(0)) + archived.came_in,
        total_out=(told["went"] or Decimal(0)) + archived.went_out,
    )


def flagged_amount(customer: Customer) -> Decimal:
    """What the transactions behind the customer's open alerts amount to, each counted once; base currency."""
    return flagged_amounts([customer.pk]).get(customer.pk, Decimal(0))


def flagged_amounts(customer_ids: Collection[UUID]) -> dict[UUID, Decimal]:
    """The same of many; customers without open alerts on transactions are left out."""
    behind = Finding.objects.filter(alert__customer__in=customer_ids, alert__state=AlertState.OPEN).values(
        "transaction"
    )
    rows = Transaction.objects.order_by().filter(customer__in=customer_ids, pk__in=behind).values("customer")
    return dict(rows.annotate(total=Sum("base_amount")).values_list("customer", "total"))


def scenarios() -> QuerySet[Scenario]:
    """Every scenario, live ones first, with its numbers of alerts."""
    return Scenario.objects.annotate(
        alert_count=Count("alerts"),
        open_count=Count("alerts", filter=Q(alerts__state=AlertState.OPEN)),
        suspicious_count=Count("alerts", filter=Q(alerts__disposition=AlertDisposition.SUSPICIOUS)),
        is_live=Exists(ScenarioVersion.objects.filter(scenario=OuterRef("pk"), state=ScenarioState.LIVE)),
    ).order_by("-is_live", "title")


def alerts_bare(principal: Any) -> QuerySet[Alert]:
    """Alerts that `principal` may see, without anything a page shows: for counting."""
    rows = Alert.objects.order_by()
    return rows.filter(customer__registered_by_client=principal) if isinstance(principal, ApiClient) else rows


def scenario_for(pk: object) -> Scenario:
    """The scenario with this id; raises NotFound."""
    found = scenarios().filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such scenario.")
    return found


def version_for(scenario: Scenario, number: object) -> ScenarioVersion:
    """The scenario's version of this number; raises NotFound."""
    known = str(number).isdecimal() and len(str(number)) < _DIGITS
    found = scenario.versions.filter(number=int(str(number))).first() if known else None
    if found is None:
        raise NotFound("There is no such version.")
    return found


def scenario_version(pk: object) -> ScenarioVersion:
    """The version with this id; raises NotFound."""
    found = ScenarioVersion.objects.filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such version.")
    return found


def snooze_of(alert: Alert) -> AlertSnooze | None:
    """The snooze that holds the alert's scenario back for its customer today."""
    rows = AlertSnooze.objects.filter(customer=alert.customer_id, scenario=alert.scenario_id, until__gte=today())
    return rows.select_related("snoozed_by").first()


def quiet_counts(scenario: Scenario) -> dict[str, int]:
    """How many firings of the scenario raised nothing, by the reason."""
    rows = QuietFinding.objects.filter(version__scenario=scenario).order_by().values("why").annotate(number=Count("pk"))
    return {str(Quiet(row["why"]).label): row["number"] for row in rows}


def replaced_version(version: ScenarioVersion) -> ScenarioVersion | None:
    """What the version would take the place of: the live one, else the one in shadow, else the one before it."""
    others = version.scenario.versions.exclude(pk=version.pk)
    for state in (ScenarioState.LIVE, ScenarioState.SHADOW):
        found = others.filter(state=state).first()
        if found:
            return found
    return others.filter(number__lt=version.number).first()


def live_versions() -> list[ScenarioVersion]:
    """The versions whose rules raise alerts."""
    found = ScenarioVersion.objects.filter(state=ScenarioState.LIVE).select_related("scenario")
    return [version for version in found if not version.is_by_model]


def ingests() -> QuerySet[Ingest]:
    """Deliveries, newest first."""
    return Ingest.objects.all()
