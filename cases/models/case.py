"""The case: the unit of review, why it needs a person, who looks at it."""

from typing import Any

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import ApiClient, User
from cases.enums import CaseKind, CaseStatus
from cases.models.configuration import Queue
from core.columns.fields import SealedCharField, SealedJSONField
from core.history import person_of
from core.models import BaseModel, VersionedModel
from customers.models import Customer

_DERIVED = ["lease_until", "base_points", "clock_start", "clock_due", "scored_under"]
IN_QUEUE = ~Q(status=CaseStatus.CLOSED) & Q(needs_person_since__isnull=False)


class CaseNumber(models.Model):
    """Draws case numbers: its automatic key is the number."""

    def __str__(self) -> str:
        return str(self.pk)


class Case(VersionedModel):
    """A customer's onboarding or alerts under review. `needs_person_since` puts it into the queue.

    `rating` to `linked_cases` repeat what other tables say, for lists of many cases; `cases.services.scoring` writes them.
    `clock_start` and `clock_due` are the deadline's ends in business minutes of the queue's calendar.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=CaseKind.choices)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(max_length=16, choices=CaseStatus.choices, default=CaseStatus.NEW)
    priority = models.PositiveSmallIntegerField(default=0)
    needs_person_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="cases")
    proposer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lease_until = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    rating = models.CharField(max_length=6, blank=True)
    country = models.CharField(max_length=2, blank=True)
    amount_flagged = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    linked_cases = models.PositiveIntegerField(default=0)

    clock_started_at = models.DateTimeField(null=True)
    allowed_minutes = models.PositiveIntegerField(default=0)
    paused_minutes = models.PositiveIntegerField(default=0)
    paused_since = models.DateTimeField(null=True)
    clock_start = models.IntegerField(default=0)
    clock_due = models.IntegerField(default=0)
    base_points = models.FloatField(default=0)
    boost = models.PositiveSmallIntegerField(default=0)
    scored_under = models.CharField(max_length=40, blank=True)

    history = HistoricalRecords(get_user=person_of, excluded_fields=_DERIVED)

    is_concealed = False  # set on what is shown to those who may not know (`cases.selectors.concealing`)

    class Meta:
        ordering = ["-priority", "due_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.CLOSED) | Q(closed_at__isnull=False), name="closed_case_has_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "due_at"], condition=~Q(status=CaseStatus.CLOSED), name="case_queue_order"
            ),
            models.Index(fields=["-priority", "due_at"], name="case_order"),
            models.Index(fields=["assignee", "status"], name="case_assignee"),
            models.Index(fields=["-priority", "due_at", "id"], condition=IN_QUEUE, name="case_open_order"),
            models.Index(fields=["queue", "-priority", "due_at", "id"], condition=IN_QUEUE, name="case_team_order"),
            models.Index(fields=["due_at"], condition=IN_QUEUE, name="case_open_due"),
            models.Index(
                fields=["status", "assignee", "queue", "due_at", "proposer", "paused_since"],
                condition=IN_QUEUE,
                name="case_counts",
            ),
            models.Index(fields=["-closed_at"], condition=Q(status=CaseStatus.CLOSED), name="case_closed_order"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes the row; raises ValueError for a case as it is shown to those who may not know."""
        if self.is_concealed:
            raise ValueError("a case as it is shown is never written")
        super().save(*args, **kwargs)


class CaseReason(BaseModel):
    """Why a case needs a person: a code, a sentence, and what it came from. Once per source.

    `weight` (0-100) puts the gravest first; `topic` is what the four-eyes policy asks for.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reasons")
    code = models.CharField(max_length=40)
    sentence = SealedCharField(max_length=300)
    source_type = models.CharField(max_length=30)
    source_id = models.CharField(max_length=64)
    weight = models.PositiveSmallIntegerField(default=0)
    topic = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-weight", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "source_type", "source_id"], name="reason_once_per_source")
        ]

    def __str__(self) -> str:
        return self.code


class CaseViewer(BaseModel):
    """Somebody has the case open: seen last at `seen_at`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="viewers")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="viewer_once_per_case")]

    def __str__(self) -> str:
        return str(self.pk)


class Submission(BaseModel):
    """What arrived by REST. Becomes a case; its sender follows it by its id."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="submission")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="submissions")
    submitted_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class IdempotentAnswer(BaseModel):
    """The answer to a request with an Idempotency-Key, so that sending it again changes nothing."""

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = SealedJSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="idempotency_key_once_per_caller")]

    def __str__(self) -> str:
        return str(self.pk)
