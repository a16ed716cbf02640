"""What shows that nobody is forgotten: who was screened against which version, decisions that stand, jobs that catch up."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.columns.fields import SealedTextField
from core.models import BaseModel, VersionedModel
from customers.models import Customer, Party
from screening.enums import CoverageState, HitReason, JobKind, JobState, SuppressionEnd
from screening.models.hits import Hit
from screening.models.lists import ListVersion, Watchlist


class Coverage(models.Model):
    """That a customer was screened against a list: at which version and when. No row means: not yet, never: clean.

    A delta job that is done carries rows of its base on to its version without touching them
    (`screening.selectors.coverage` says how), so a day's change costs nothing per customer.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="coverage")
    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=CoverageState.choices)
    screened_at = models.DateTimeField()
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "coverage"
        constraints = [models.UniqueConstraint(fields=["customer", "watchlist"], name="coverage_once_per_list")]
        indexes = [models.Index(fields=["watchlist", "version", "state"], name="coverage_of_version")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class Suppression(VersionedModel):
    """A remembered false positive: while it stands the pair is not raised again.

    It ends when somebody lifts it, when it expires, when nobody approved it in time, or when what identifies either side
    has changed (`party_sha`, `entry_sha`): then the hit re-opens.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="suppressions")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="suppressions")
    watchlist = models.ForeignKey(Watchlist, on_delete=models.PROTECT, related_name="+")
    source_id = models.CharField(max_length=120)
    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="suppressions")
    reason_code = models.CharField(max_length=20, choices=HitReason.choices)
    rationale = SealedTextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    expires_on = models.DateField()
    party_sha = models.CharField(max_length=32)
    entry_sha = models.CharField(max_length=32)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=15, choices=SuppressionEnd.choices, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "watchlist", "source_id"], condition=Q(ended_at=None), name="one_suppression_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")), name="suppression_four_eyes"
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], condition=Q(ended_at=None), name="suppression_standing")]

    def __str__(self) -> str:
        return str(self.pk)


class RescreenJob(BaseModel):
    """Catching up with a version of a list: its changes against all customers (`delta`), or all customers against it.

    `snapshot_at` is when the customers it knows were read: who was screened later at the base is not carried on by it.
    """

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="jobs")
    base = models.ForeignKey(ListVersion, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=JobKind.choices)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.PENDING)
    snapshot_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    requested_by = models.CharField(max_length=150)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class RescreenPart(BaseModel):
    """A share of a job that one worker does: customers of `first_id` to `last_id`, done up to `cursor`.

    Claimed like a step: `attempt` counts with the claim, and whoever lost the lease commits nothing more.
    """

    job = models.ForeignKey(RescreenJob, on_delete=models.CASCADE, related_name="parts")
    first_id = models.UUIDField(null=True)
    last_id = models.UUIDField(null=True)
    cursor = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.PENDING)
    screened = models.PositiveIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state__in=[JobState.PENDING, JobState.RUNNING]), name="rescreen_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
