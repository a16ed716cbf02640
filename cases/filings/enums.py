"""Closed sets of filings."""

from django.db.models import TextChoices


class FilingState(TextChoices):
    DRAFT = "draft", "Draft"
    REVIEWED = "reviewed", "Reviewed"
    APPROVED = "approved", "Approved"
    FILED = "filed", "Filed"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    REJECTED = "rejected", "Rejected by the receiver"
    WITHDRAWN = "withdrawn", "Not filed"


class FilingKind(TextChoices):
    INITIAL = "initial", "Initial report"
    CONTINUING = "continuing", "Continuing activity"
    CORRECTION = "correction", "Correction or amendment"
