"""Closed sets of the cases app."""

from django.db.models import TextChoices


class CaseStatus(TextChoices):
    NEW = "new", "New"
    IN_REVIEW = "in_review", "In review"
    WAITING_INFO = "waiting_info", "Waiting for information"
    SNOOZED = "snoozed", "Snoozed"
    ESCALATED = "escalated", "Escalated"
    PROPOSED = "proposed", "Decision proposed"
    CLOSED = "closed", "Closed"
    REOPEN_PROPOSED = "reopen_proposed", "Reopening proposed"


class DecisionKind(TextChoices):
    APPROVE = "approve", "Approve"
    APPROVE_WITH_EDD = "approve_with_edd", "Approve with enhanced due diligence"
    REJECT = "reject", "Reject"
    EXIT_RELATIONSHIP = "exit_relationship", "Exit the relationship"
    FILE_SAR = "file_sar", "File a suspicious activity report"


class DecisionState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned"


class CaseKind(TextChoices):
    ONBOARDING = "onboarding", "Onboarding"
    MONITORING = "monitoring", "Monitoring"


class SubmissionState(TextChoices):
    """What the sender is told. Nothing of it tips anybody off."""

    PROCESSING = "processing", "Being processed"
    IN_REVIEW = "in_review", "In review"
    DECIDED = "decided", "Decided"
