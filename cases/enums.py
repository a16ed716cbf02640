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
    DISMISS = "dismiss", "Dismiss: nothing to act on"


class DecisionState(TextChoices):
    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CaseKind(TextChoices):
    ONBOARDING = "onboarding", "Onboarding"
    MONITORING = "monitoring", "Monitoring"


class SubmissionState(TextChoices):
    """What the sender is told. Nothing of it tips anybody off."""

    PROCESSING = "processing", "Being processed"
    IN_REVIEW = "in_review", "In review"
    DECIDED = "decided", "Decided"


class Eyes(TextChoices):
    """How many people look at a decision after its proposer."""

    NONE = "none", "Nobody else"
    SAMPLE = "sample", "A sample"
    ONE = "one", "Always one more"
    TWO = "two", "Two more, one after the other"


class BlueprintKind(TextChoices):
    CALENDARS = "calendars", "Business hours"
    DEADLINES = "deadlines", "Deadlines"
    PRIORITY = "priority", "Priority"
    CHECKLISTS = "checklists", "Checklists"
    ASSIGNMENT = "assignment", "Claims and assignment"


class BulkVerb(TextChoices):
    ASSIGN = "assign", "Assign"
    MOVE = "move", "Move"
    TAG = "tag", "Tag"
    SNOOZE = "snooze", "Snooze"
    ESCALATE = "escalate", "Escalate"
    DISMISS = "dismiss", "Dismiss"
