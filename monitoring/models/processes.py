"""Process events (GxP) and who is qualified for which step."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q

from accounts.models import ApiClient
from core.models import BaseModel
from customers.models import Customer
from monitoring.models.transactions import Ingest

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class ProcessEvent(BaseModel):
    """An entry of a batch record or of a system's audit trail. `customer` is the manufacturer or site it belongs to.

    `started_at` orders the events of a process; `completes` marks the entry after which the record is whole.
    """

    ingest = models.ForeignKey(Ingest, on_delete=models.PROTECT, related_name="process_events")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="process_events", db_index=False)
    external_id = models.CharField(max_length=100)
    process_id = models.CharField(max_length=60)
    operator_id = models.CharField(max_length=60)
    step = models.CharField(max_length=80)
    step_no = models.FloatField(null=True)
    product = models.CharField(max_length=100, blank=True)
    site = models.CharField(max_length=100, blank=True)
    verifier_id = models.CharField(max_length=60, blank=True)
    equipment_id = models.CharField(max_length=60, blank=True)
    start_ts = models.DateTimeField(null=True)
    end_ts = models.DateTimeField(null=True)
    recorded_ts = models.DateTimeField(null=True)
    parameter = models.CharField(max_length=100, blank=True)
    value = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    deviation_flag = models.FloatField(null=True)
    entry_no = models.FloatField(null=True)
    comment = models.CharField(max_length=500, blank=True)
    completes = models.BooleanField(default=False)
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "external_id"], name="process_event_once_per_customer"),
        ]
        indexes = [
            models.Index(fields=["customer", "process_id", "started_at"], name="process_event_of_process"),
            models.Index(fields=["customer", "operator_id", "-started_at"], name="process_event_of_operator"),
        ]

    def __str__(self) -> str:
        return self.external_id


class OperatorQualification(BaseModel):
    """An operator of a customer is qualified for a step, from a moment on and until another (empty: without end)."""

    ingest = models.ForeignKey(Ingest, on_delete=models.PROTECT, related_name="qualifications")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="qualifications")
    operator_id = models.CharField(max_length=60)
    step = models.CharField(max_length=80)
    valid_from = models.DateTimeField(default=ALWAYS)
    valid_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["operator_id", "step"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "operator_id", "step", "valid_from"], name="qualification_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="qualification_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator_id} {self.step}"
