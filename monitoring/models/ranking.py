"""Versions of models that rank, what they said of rows, and what people flagged themselves."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.columns.fields import SealedTextField
from core.models import BaseModel
from monitoring.enums import LabelSource, ModelState
from monitoring.models.processes import ProcessEvent
from monitoring.models.transactions import Transaction

_ONE_ROW = Q(transaction=None, event__isnull=False) | Q(transaction__isnull=False, event=None)


class ModelVersion(BaseModel):
    """A trained model: what it learnt from, how, by whom, how good it is. `manifest` has data hash, query, code commit and
    settings, `metrics` every measure, `drift` how the rows last scored differ from those it learnt from, `spread` their
    shares in the bins of training, by column."""

    domain = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ModelState.choices, default=ModelState.DRAFT)
    checksum = models.CharField(max_length=64)
    manifest = models.JSONField()
    metrics = models.JSONField()
    drift = models.JSONField(default=dict)
    spread = models.JSONField(default=dict)
    trained_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    validated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    was_champion_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["domain", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "number"], name="model_version_number"),
            models.UniqueConstraint(
                fields=["domain"], condition=Q(state=ModelState.CHAMPION), name="one_champion_per_domain"
            ),
            models.UniqueConstraint(
                fields=["domain"], condition=Q(state=ModelState.CHALLENGER), name="one_challenger_per_domain"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(trained_by=None) | ~Q(approved_by=F("trained_by")),
                name="model_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} v{self.number}"


class ModelArtefact(BaseModel):
    """The bytes of a version, apart so that lists do not read them. Never read but through the checksum."""

    version = models.OneToOneField(ModelVersion, on_delete=models.CASCADE, related_name="artefact")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.version_id)


class RowScore(BaseModel):
    """What a version said of a transaction or of a process event, and why. It is evidence for people, never a decision.

    `inputs` is what it was computed from, so that it can be computed again: `values` by column's code, `segment`.
    """

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="scores")
    transaction = models.ForeignKey(Transaction, on_delete=models.CASCADE, null=True, related_name="scores")
    event = models.ForeignKey(ProcessEvent, on_delete=models.CASCADE, null=True, related_name="scores")
    score = models.FloatField()
    percentile = models.FloatField()
    unusual = models.FloatField()
    is_flagged = models.BooleanField()
    explanation = models.JSONField()
    inputs = models.JSONField(default=dict)

    class Meta:
        ordering = ["-score"]
        constraints = [
            models.UniqueConstraint(fields=["version", "transaction"], name="transaction_scored_once_a_version"),
            models.UniqueConstraint(fields=["version", "event"], name="event_scored_once_a_version"),
            models.CheckConstraint(condition=_ONE_ROW, name="score_is_of_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.score:.3f}"


class RowFlag(BaseModel):
    """A person's word on a row, whatever the scenarios say: a label. `flagged_manual` where it is suspicious; an imported
    label may say that it is not."""

    is_suspicious = models.BooleanField(default=True)
    source = models.CharField(max_length=8, choices=LabelSource.choices, default=LabelSource.PERSON)
    reason = SealedTextField()
    flagged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class TransactionFlag(RowFlag):
    """The label of a transaction."""

    transaction = models.OneToOneField(Transaction, on_delete=models.CASCADE, related_name="flagged_manual")

    def __str__(self) -> str:
        return str(self.transaction_id)

    @property
    def row(self) -> Transaction:
        """What is labelled."""
        return self.transaction


class EventFlag(RowFlag):
    """The label of an entry of a batch record."""

    event = models.OneToOneField(ProcessEvent, on_delete=models.CASCADE, related_name="flagged_manual")

    def __str__(self) -> str:
        return str(self.event_id)

    @property
    def row(self) -> ProcessEvent:
        """What is labelled."""
        return self.event
