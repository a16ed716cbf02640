"""The case: the unit of review. Its status is apart from the decision; four eyes are a constraint of the database."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import ApiClient, User
from cases.enums import CaseKind, CaseStatus, DecisionKind, DecisionState
from core.history import person_of
from core.models import BaseModel, VersionedModel
from customers.models import Customer


class Queue(BaseModel):
    """Where cases wait for a team. `sla_hours` is how long a case may take."""

    name = models.CharField(max_length=80, unique=True)
    sla_hours = models.PositiveIntegerField(default=48)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DecisionPolicy(BaseModel):
    """A published version of what a machine may approve alone and who must approve what (shape: `cases.policies`)."""

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField()
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "decision policies"

    def __str__(self) -> str:
        return f"decision policy {self.number}"


class ReasonCode(BaseModel):
    """A reason that a decision may give, as administrators word it."""

    code = models.CharField(max_length=40, unique=True)
    sentence = models.CharField(max_length=200)
    kinds = models.JSONField(help_text="the decisions it may be given for")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.sentence


class CaseNumber(models.Model):
    """Draws case numbers: its automatic key is the number."""

    def __str__(self) -> str:
        return str(self.pk)


class Case(VersionedModel):
    """A customer's onboarding or alerts under review. `needs_person_since` puts it into the queue."""

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=CaseKind.choices)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(max_length=16, choices=CaseStatus.choices, default=CaseStatus.NEW)
    priority = models.PositiveSmallIntegerField(default=0)
    needs_person_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="cases")
    lease_until = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    history = HistoricalRecords(get_user=person_of, excluded_fields=["lease_until"])

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
            models.Index(fields=["assignee", "status"], name="case_assignee"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseReason(BaseModel):
    """Why a case needs a person: a code, a sentence, and what it came from. Once per source."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reasons")
    code = models.CharField(max_length=40)
    sentence = models.CharField(max_length=300)
    source_type = models.CharField(max_length=30)
    source_id = models.CharField(max_length=64)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "source_type", "source_id"], name="reason_once_per_source")
        ]

    def __str__(self) -> str:
        return self.code


class Submission(BaseModel):
    """What arrived by REST. Becomes a case; its sender follows it by its id."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="submission")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="submissions")
    submitted_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Decision(BaseModel):
    """Proposed by one person and approved by another, or made by a published policy. Never by a program or a model.

    Both authors are people by the column's type: programs are another table.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.PROPOSED)
    reason_code = models.CharField(max_length=40)
    rationale = models.TextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="proposed_decisions")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="approved_decisions")
    policy = models.ForeignKey(DecisionPolicy, on_delete=models.PROTECT, null=True, related_name="decisions")
    conditions = models.JSONField(default=list)
    evidence = models.JSONField(default=dict, help_text="what it rests on (shape: cases.evidence), as it was hashed")
    evidence_sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="approver_is_not_proposer",
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.APPROVED)
                | Q(proposed_by__isnull=False, approved_by__isnull=False)
                | Q(
                    proposed_by__isnull=True, approved_by__isnull=True, policy__isnull=False, kind=DecisionKind.APPROVE
                ),
                name="approved_by_two_people_or_by_policy",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=DecisionState.PROPOSED), name="one_open_proposal_per_case"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Reopening(BaseModel):
    """A closed case asked to be opened again by one person and approved by another."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("proposed_by")),
                name="reopening_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Comment(BaseModel):
    """What somebody wrote on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

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
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="idempotency_key_once_per_caller")]

    def __str__(self) -> str:
        return str(self.pk)
