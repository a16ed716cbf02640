"""Tables of the cases app: the case, how it is decided, working on it, what administrators set."""

from cases.models.assisting import TextDraft
from cases.models.case import (
    IN_QUEUE,
    Case,
    CaseNumber,
    CaseReason,
    CaseViewer,
    IdempotentAnswer,
    Submission,
)
from cases.models.concealing import Concealment
from cases.models.configuration import (
    Absence,
    Blueprint,
    DecisionPolicy,
    Queue,
    QueueMember,
    ReasonCode,
)
from cases.models.deciding import Decision, Reopening
from cases.models.working import BulkAction, CaseTag, ChecklistTick, Comment, SavedView, Tag

__all__ = [
    "IN_QUEUE", "Absence", "Blueprint", "BulkAction", "Case", "CaseNumber", "CaseReason", "CaseTag", "CaseViewer",
    "ChecklistTick", "Comment", "Concealment", "Decision", "DecisionPolicy", "IdempotentAnswer", "Queue", "QueueMember", "ReasonCode",
    "Reopening", "SavedView", "Submission", "Tag", "TextDraft",
]  # fmt: skip
