"""What is judged blind: samples below the line and second looks at decided alerts; and traces of rows that did not fire."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.columns.fields import SealedTextField
from core.models import BaseModel
from customers.models import Customer
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.models.alerts import Alert
from monitoring.models.processes import ProcessEvent
from monitoring.models.scenarios import Scenario, ScenarioVersion
from monitoring.models.transactions import Transaction


class SamplingPolicy(BaseModel):
    """A published version of how much is sampled. `controls` of a hundred items shown are alerts that were decided.

    Of a hundred decided alerts `second_looks` are judged again by another person; of a hundred customers' alerts `hidden`
    are decided without the model's word.
    """

    number = models.PositiveIntegerField(unique=True)
    a_night = models.PositiveSmallIntegerField(default=5)
    controls = models.PositiveSmallIntegerField(default=20, validators=[MaxValueValidator(80)])
    second_looks = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(100)])
    hidden = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(50)])
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "sampling policies"

    def __str__(self) -> str:
        return f"sampling policy {self.number}"


class BlindItem(BaseModel):
    """A row that a person judges without knowing whether it raised an alert.

    Below the line `lacks` says how far the row was from firing, relative to the limits; a control has none and has the
    `control` alert instead. `raised` is the alert that a suspicious verdict below the line led to.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="blind_items")
    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    process_id = models.CharField(max_length=60, blank=True)
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(ProcessEvent, on_delete=models.PROTECT, null=True, related_name="+")
    lacks = models.FloatField(null=True)
    control = models.ForeignKey(Alert, on_delete=models.PROTECT, null=True, related_name="+")
    raised = models.ForeignKey(Alert, on_delete=models.PROTECT, null=True, related_name="+")
    sentence = models.CharField(max_length=400)
    trace = models.JSONField()
    disposition = models.CharField(max_length=15, choices=AlertDisposition.choices, blank=True)
    reason_code = models.CharField(max_length=20, choices=AlertReason.choices, blank=True)
    rationale = SealedTextField(blank=True)
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "transaction"], name="blind_once_per_transaction"),
            models.UniqueConstraint(fields=["scenario", "event"], name="blind_once_per_event"),
            models.CheckConstraint(
                condition=Q(transaction=None, event__isnull=False) | Q(transaction__isnull=False, event=None),
                name="blind_is_on_one_row",
            ),
            models.CheckConstraint(
                condition=Q(lacks=None, control__isnull=False) | Q(lacks__isnull=False, control=None),
                name="blind_is_below_or_control",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def row_id(self) -> str:
        """The id of the transaction or process event."""
        return str(self.transaction_id or self.event_id)


class Settlement(BaseModel):
    """What a third person made of an alert on whose outcome the first and the second look differ."""

    item = models.OneToOneField(BlindItem, on_delete=models.PROTECT, related_name="settlement")
    disposition = models.CharField(max_length=15, choices=AlertDisposition.choices)
    reason_code = models.CharField(max_length=20, choices=AlertReason.choices)
    rationale = SealedTextField()
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.item_id} {self.disposition}"


class NearCount(BaseModel):
    """How many subjects were just below the line of a version on a night, by tenths of a limit that they lacked.

    `proposed` are looser limits, tried on the past, that would have met the misses known then; null where none were tried.
    """

    version = models.ForeignKey(ScenarioVersion, on_delete=models.CASCADE, related_name="near_counts")
    night = models.DateField()
    counts = models.JSONField()
    proposed = models.JSONField(null=True)

    class Meta:
        ordering = ["-night", "-created_at"]
        constraints = [models.UniqueConstraint(fields=["version", "night"], name="near_count_once_a_night")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.night}"


class SilentTrace(BaseModel):
    """Why a row did not fire: every condition with its numbers. Names no row and no customer and holds no text of one."""

    version = models.ForeignKey(ScenarioVersion, on_delete=models.CASCADE, related_name="silent_traces")
    trace = models.JSONField()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return str(self.pk)
