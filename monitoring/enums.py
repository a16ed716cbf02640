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
    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"
    RETIRED = "retired", "Retired"


class AlertState(TextChoices):
    OPEN = "open", "Open"
    DISPOSED = "disposed", "Decided"


class AlertDisposition(TextChoices):
    SUSPICIOUS = "suspicious", "Suspicious"
    EXPLAINED = "explained", "Explained"
    FALSE_POSITIVE = "false_positive", "False positive"


class AlertReason(TextChoices):
    """Why an alert was decided as it was."""

    NO_ECONOMIC_PURPOSE = "no_economic_purpose", "No apparent economic purpose"
    AGAINST_PROFILE = "against_profile", "Against what is known of the customer"
    KNOWN_TYPOLOGY = "known_typology", "Fits a known laundering pattern"
    SOURCE_DOCUMENTED = "source_documented", "Source or purpose is documented"
    USUAL_BUSINESS = "usual_business", "Usual for this customer"
    WRONG_DATA = "wrong_data", "The data was wrong"
    RULE_TOO_WIDE = "rule_too_wide", "The scenario is set too wide"
