"""Filings: who wrote, reviewed, approved and filed which version of what, and what was answered; profiles of receivers."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from cases.filings.enums import FilingKind, FilingState
from cases.models import Case
from core.columns.fields import SealedJSONField, SealedTextField
from core.models import BaseModel, VersionedModel

_SETTLED = [FilingState.APPROVED, FilingState.FILED, FilingState.ACKNOWLEDGED, FilingState.REJECTED]


def _not_author(name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | ~Q(**{name: F("author")})


class FilingProfile(BaseModel):
    """A published version of what a receiver needs of us: its schema and codes, and our own particulars as defaults.

    `institution` is data of `form.shapes.Institution`; `codes` maps a list's name to code → words; `defaults` holds what
    the format takes where a report says nothing; `deadline_days` is 0 where the format's own rule counts.
    """

    code = models.SlugField(max_length=40)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    format = models.CharField(max_length=20)
    is_active = models.BooleanField(default=True)
    institution = models.JSONField(default=dict)
    schema = models.TextField(blank=True)
    schema_sha256 = models.CharField(max_length=64, blank=True)
    codes = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    deadline_days = models.PositiveSmallIntegerField(default=0)
    published_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["title", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="filing_profile_number"),
            models.UniqueConstraint(fields=["code"], condition=Q(is_active=True), name="one_active_filing_profile"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class FilingNumber(models.Model):
    """Draws filing numbers: its automatic key is the number."""

    def __str__(self) -> str:
        return str(self.pk)


class Filing(VersionedModel):
    """A report of suspicion about a case. `xml` is what was approved, byte for byte; `receiver_number` is the BSA id.

    `detected_on` is the day of the conclusion that there is reason to suspect; every clock is computed from it.
    """

    number = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filings")
    profile = models.ForeignKey(FilingProfile, on_delete=models.PROTECT, related_name="filings")
    kind = models.CharField(max_length=12, choices=FilingKind.choices, default=FilingKind.INITIAL)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="following")
    state = models.CharField(max_length=14, choices=FilingState.choices, default=FilingState.DRAFT)
    detected_on = models.DateField()
    due_on = models.DateField()
    data = SealedJSONField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    filed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    xml = SealedTextField(blank=True)
    xml_sha256 = models.CharField(max_length=64, blank=True)
    receiver_number = models.CharField(max_length=40, blank=True)
    remarks = SealedJSONField(default=list)
    note = SealedTextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=_not_author("reviewed_by"), name="filing_reviewer_is_not_author"),
            models.CheckConstraint(condition=_not_author("approved_by"), name="filing_approver_is_not_author"),
            models.CheckConstraint(
                condition=~Q(state__in=_SETTLED) | Q(approved_by__isnull=False), name="filing_approved_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="filing_state_due")]

    def __str__(self) -> str:
        return self.number


class FilingVersion(BaseModel):
    """The data of a filing as somebody saved it."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=40)
    data = SealedJSONField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["filing", "number"], name="filing_version_number")]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.number}"
