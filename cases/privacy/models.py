"""What customers may ask about their data, how long it must be kept, and what forbids to erase it."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from cases.privacy.enums import RequestKind, RequestState
from core.columns.fields import SealedTextField
from core.models import BaseModel, VersionedModel
from customers.models import Customer


class RetentionPolicy(BaseModel):
    """A published version of how long data is kept after a relationship ended.

    Five years are what Art. 77 of Regulation (EU) 2024/1624 and 31 CFR 1010.430 ask; what was never begun counts from
    the refusal.
    """

    number = models.PositiveIntegerField(unique=True)
    exited_years = models.PositiveSmallIntegerField(default=5)
    rejected_years = models.PositiveSmallIntegerField(default=5)
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "retention policies"

    def __str__(self) -> str:
        return f"retention policy {self.number}"


class LegalHold(VersionedModel):
    """A proceeding or an authority's word for which everything of a customer is kept beyond its time."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="legal_holds")
    reason = SealedTextField()
    until = models.DateField(null=True)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class PrivacyRequest(VersionedModel):
    """A customer's request, or the end of the time to keep. Erasing needs two people, of whom a schedule is none.

    `counts` says how much of what was erased; `answer` is what the customer was told.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="privacy_requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    received_on = models.DateField()
    due_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    answer = SealedTextField(blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["due_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"], condition=Q(state__in=[RequestState.OPEN, RequestState.APPROVED]),
                name="one_open_privacy_request_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=RequestKind.ACCESS) | Q(state__in=[RequestState.OPEN, RequestState.REFUSED])
                | (Q(settled_by__isnull=False) & (Q(recorded_by__isnull=True) | ~Q(settled_by=F("recorded_by")))),
                name="erasing_needs_two_people",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "due_on"], name="privacy_request_due")]

    def __str__(self) -> str:
        return str(self.pk)
