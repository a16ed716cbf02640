"""Alerts, the findings behind them, people's decisions and what was kept quiet."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.columns.fields import SealedTextField
from core.models import BaseModel, VersionedModel
from customers.models import Customer
from monitoring.enums import AlertDisposition, AlertReason, AlertState, Quiet, Severity
from monitoring.models.processes import ProcessEvent
from monitoring.models.scenarios import Scenario, ScenarioVersion
from monitoring.models.transactions import Transaction

_ONE_ROW = Q(transaction=None, event__isnull=False) | Q(transaction__isnull=False, event=None)


class Alert(VersionedModel):
    """What a scenario found about a customer and a person must look at. One is open per subject and scenario.

    The subject is the customer or, of a batch record, the process (`process_id`).
    `told_amount` is what the transactions behind it came to when people were last told of it, for the `times_told`-th time.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="alerts")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="alerts")
    process_id = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    state = models.CharField(max_length=10, choices=AlertState.choices, default=AlertState.OPEN)
    disposition = models.CharField(max_length=15, choices=AlertDisposition.choices, blank=True)
    told_amount = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    times_told = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = [F("state").desc(), "-created_at"]
        indexes = [models.Index(fields=["-state", "-created_at"], name="alert_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "scenario", "process_id"], condition=Q(state=AlertState.OPEN),
                name="one_open_alert_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.OPEN, disposition="")
                | (Q(state=AlertState.DISPOSED) & ~Q(disposition="")),
                name="disposed_alert_has_a_disposition",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class AlertDecision(BaseModel):
    """A person's decision on an alert.

    `suggested` is what the model said of the rows behind it then (None: nothing), `was_hidden` whether the person could not
    see that.
    """

    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="decision")
    disposition = models.CharField(max_length=15, choices=AlertDisposition.choices)
    reason_code = models.CharField(max_length=20, choices=AlertReason.choices)
    rationale = SealedTextField()
    suggested = models.BooleanField(null=True)
    was_hidden = models.BooleanField(default=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.alert_id} {self.disposition}"


class Finding(BaseModel):
    """One firing of a scenario on one transaction or process event, with every condition's real value."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="findings")
    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="+")
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, null=True, related_name="findings")
    event = models.ForeignKey(ProcessEvent, on_delete=models.PROTECT, null=True, related_name="findings")
    sentence = models.CharField(max_length=400)
    trace = models.JSONField()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "transaction"], name="finding_once_per_transaction"),
            models.UniqueConstraint(fields=["version", "event"], name="finding_once_per_event"),
            models.CheckConstraint(condition=_ONE_ROW, name="finding_is_on_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class QuietFinding(BaseModel):
    """A firing that raised nothing, and why: kept so that what shadow, snooze and cool-down hold back can be seen."""

    version = models.ForeignKey(ScenarioVersion, on_delete=models.CASCADE, related_name="quiet_findings")
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(ProcessEvent, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=8, choices=Quiet.choices)
    sentence = models.CharField(max_length=400)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "transaction"], name="quiet_once_per_transaction"),
            models.UniqueConstraint(fields=["version", "event"], name="quiet_once_per_event"),
            models.CheckConstraint(condition=_ONE_ROW, name="quiet_is_on_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AlertSnooze(BaseModel):
    """A person's word that a scenario need not be told of for a customer until a day, and why."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="snoozes")
    until = models.DateField()
    reason = SealedTextField()
    snoozed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-until"]
        indexes = [models.Index(fields=["customer", "scenario"], name="snooze_of_customer")]

    def __str__(self) -> str:
        return f"{self.scenario_id} until {self.until}"
