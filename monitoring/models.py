"""Transactions, scenarios with their versions, findings and alerts."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import ApiClient, User
from core.history import person_of
from core.models import BaseModel, VersionedModel
from customers.models import Customer
from monitoring.enums import AlertDisposition, AlertReason, AlertState, Direction, Quiet, ScenarioState, Severity


class ExchangeRate(BaseModel):
    """Units of `currency` for one unit of the base currency, from the day `on`."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    per_base = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        ordering = ["currency", "-on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="rate_once_a_day"),
            models.CheckConstraint(condition=Q(per_base__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"


class Ingest(BaseModel):
    """One delivery of transactions: counts, and every rejected row with line and reason."""

    source = models.CharField(max_length=60)
    delivered_by = models.CharField(max_length=150)
    accepted = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=list)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Transaction(BaseModel):
    """A transaction of a customer. `base_amount` is in the installation's base currency, at the day's rate.

    `client` is the one that registered the customer, whoever delivered: `external_id` is a key of its system.
    """

    ingest = models.ForeignKey(Ingest, on_delete=models.PROTECT, related_name="transactions")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="transactions")
    external_id = models.CharField(max_length=100)
    account = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3)
    base_amount = models.DecimalField(max_digits=18, decimal_places=2)
    type = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    counterparty_name = models.CharField(max_length=200, blank=True)
    counterparty_account = models.CharField(max_length=60, blank=True)
    counterparty_country = models.CharField(max_length=2, blank=True)
    reference = models.CharField(max_length=300, blank=True)
    booked_at = models.DateTimeField()

    class Meta:
        ordering = ["-booked_at"]
        constraints = [
            models.UniqueConstraint(fields=["client", "external_id"], name="transaction_once_per_client"),
            models.UniqueConstraint(
                fields=["external_id"], condition=Q(client=None), name="transaction_once_without_client"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transaction_amount_is_positive"),
        ]
        indexes = [
            models.Index(fields=["customer", "-booked_at"], name="transaction_of_customer"),
            models.Index(fields=["account", "-booked_at"], name="transaction_of_account"),
            models.Index(fields=["counterparty_account", "-booked_at"], name="transaction_with_account"),
        ]

    def __str__(self) -> str:
        return self.external_id


class PendingAssessment(BaseModel):
    """A customer has transactions, from `since` on, that no scenario has seen. One row a delivery and customer.

    Rows are only added and, once assessed, deleted: two deliveries at once cannot overwrite each other's `since`.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    run_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.customer_id)


class Scenario(BaseModel):
    """A configured typology. What it looks for is in its live version."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    typology = models.CharField(max_length=20)

    history = HistoricalRecords(get_user=person_of)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.code


class ScenarioVersion(BaseModel):
    """One version of a scenario: rule, parameters, words. Findings are pinned to it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    state = models.CharField(max_length=10, choices=ScenarioState.choices, default=ScenarioState.LIVE)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    published_by = models.CharField(max_length=150)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    backtest = models.JSONField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_number"),
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(state=ScenarioState.LIVE), name="one_live_version_per_scenario"
            ),
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(state=ScenarioState.SHADOW), name="one_shadow_version_per_scenario"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="version_approved_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} v{self.number}"


class Alert(VersionedModel):
    """What a scenario found about a customer and a person must look at. One is open per customer and scenario.

    `told_amount` is what the transactions behind it came to when people were last told of it, for the `times_told`-th time.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="alerts")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="alerts")
    severity = models.CharField(max_length=6, choices=Severity.choices)
    state = models.CharField(max_length=10, choices=AlertState.choices, default=AlertState.OPEN)
    disposition = models.CharField(max_length=15, choices=AlertDisposition.choices, blank=True)
    told_amount = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    times_told = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = [F("state").desc(), "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "scenario"], condition=Q(state=AlertState.OPEN), name="one_open_alert_per_scenario"
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.OPEN, disposition="")
                | (Q(state=AlertState.DISPOSED) & ~Q(disposition="")),
                name="disposed_alert_has_a_disposition",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AlertDecision(BaseModel):
    """A person's decision on an alert."""

    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="decision")
    disposition = models.CharField(max_length=15, choices=AlertDisposition.choices)
    reason_code = models.CharField(max_length=20, choices=AlertReason.choices)
    rationale = models.TextField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.alert_id} {self.disposition}"


class Finding(BaseModel):
    """One firing of a scenario on one transaction, with every condition's real value."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="findings")
    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="+")
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="findings")
    sentence = models.CharField(max_length=400)
    trace = models.JSONField()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["version", "transaction"], name="finding_once_per_transaction")]

    def __str__(self) -> str:
        return str(self.pk)


class QuietFinding(BaseModel):
    """A firing that raised nothing, and why: kept so that what shadow, snooze and cool-down hold back can be seen."""

    version = models.ForeignKey(ScenarioVersion, on_delete=models.CASCADE, related_name="quiet_findings")
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Quiet.choices)
    sentence = models.CharField(max_length=400)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["version", "transaction"], name="quiet_once_per_transaction")]

    def __str__(self) -> str:
        return str(self.pk)


class AlertSnooze(BaseModel):
    """A person's word that a scenario need not be told of for a customer until a day, and why."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="snoozes")
    until = models.DateField()
    reason = models.TextField()
    snoozed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-until"]
        indexes = [models.Index(fields=["customer", "scenario"], name="snooze_of_customer")]

    def __str__(self) -> str:
        return f"{self.scenario_id} until {self.until}"
