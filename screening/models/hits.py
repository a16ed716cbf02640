"""Screenings with everything they found, hits and what people decided of them."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.columns.fields import SealedJSONField, SealedTextField
from core.models import BaseModel, VersionedModel
from customers.models import Customer, Party
from screening.enums import HitDisposition, HitReason, HitState, ScreeningTrigger
from screening.models.lists import ListEntry, ListVersion, Watchlist


class Screening(BaseModel):
    """One screening of a customer's parties: against what, by which engine, with what result, found or not.

    `queries` are the parties as they were looked for, `found` the raised matches: with both it can be done again.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="screenings")
    list_versions = models.ManyToManyField(ListVersion, related_name="+")
    engine_version = models.CharField(max_length=20)
    config_sha256 = models.CharField(max_length=64)
    parties = models.PositiveSmallIntegerField()
    raised = models.PositiveSmallIntegerField()
    suppressed = models.PositiveSmallIntegerField(default=0)
    discounted = SealedJSONField(default=list)
    trigger = models.CharField(max_length=10, choices=ScreeningTrigger.choices, default=ScreeningTrigger.WORKFLOW)
    queries = SealedJSONField(default=list)
    found = SealedJSONField(default=list)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return str(self.pk)


class Hit(VersionedModel):
    """A match that needs a person. One per party and listed entry, however often it is found again."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="hits")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="hits")
    watchlist = models.ForeignKey(Watchlist, on_delete=models.PROTECT, related_name="hits")
    source_id = models.CharField(max_length=120)
    entry = models.ForeignKey(ListEntry, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="hits")
    query_name = models.CharField(max_length=300)
    listed_name = models.CharField(max_length=500)
    similarity = models.DecimalField(max_digits=5, decimal_places=4)
    evidence = models.DecimalField(max_digits=3, decimal_places=2)
    alignment = SealedJSONField(default=list)
    features = SealedJSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=HitState.choices, default=HitState.OPEN)
    disposition = models.CharField(max_length=15, choices=HitDisposition.choices, blank=True)
    delisted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [F("state").desc(), "-similarity", "-evidence"]
        indexes = [models.Index(fields=["-state", "-similarity", "-evidence"], name="hit_order")]
        constraints = [
            models.UniqueConstraint(fields=["party", "watchlist", "source_id"], name="hit_once_per_pair"),
            models.CheckConstraint(
                condition=Q(state=HitState.OPEN, disposition="") | Q(state=HitState.DISPOSED) & ~Q(disposition=""),
                name="disposed_hit_has_a_disposition",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HitDecision(BaseModel):
    """What a person decided of a hit, and why. Kept when the hit re-opens."""

    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="decisions")
    disposition = models.CharField(max_length=15, choices=HitDisposition.choices)
    reason_code = models.CharField(max_length=20, choices=HitReason.choices)
    rationale = SealedTextField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.disposition
