"""Closed sets of the monitoring app."""

from django.db.models import TextChoices


class Direction(TextChoices):
    IN = "in", "In"
    OUT = "out", "Out"


class Severity(TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class ScenarioState(TextChoices):
    LIVE = "live", "Live"
    RETIRED = "retired", "Retired"


class AlertState(TextChoices):
    OPEN = "open", "Open"
    DISPOSED = "disposed", "Decided"


class AlertDisposition(TextChoices):
    SUSPICIOUS = "suspicious", "Suspicious"
    EXPLAINED = "explained", "Explained"
    FALSE_POSITIVE = "false_positive", "False positive"
