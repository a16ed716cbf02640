"""How a case is decided: four eyes are a constraint of the database."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from cases.enums import DecisionKind, DecisionState
from cases.models.case import Case
from cases.models.configuration import DecisionPolicy
from core.columns.fields import SealedJSONField, SealedTextField
from core.models import BaseModel

_TWO_PEOPLE = Q(approvals_needed__gte=1, proposed_by__isnull=False, approved_by__isnull=False)
_THREE_PEOPLE = ~Q(approvals_needed=2) | Q(endorsed_by__isnull=False)
_BY_POLICY = Q(proposed_by__isnull=True, approved_by__isnull=True, policy__isnull=False, kind=DecisionKind.APPROVE)
_DISMISSED = Q(
    approvals_needed=0, proposed_by__isnull=False, approved_by__isnull=True, policy__isnull=False,
    kind=DecisionKind.DISMISS,
)  # fmt: skip


def _differ(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)})


class Decision(BaseModel):
    """Proposed by one person and approved by another, or made by a published policy. Never by a program or a model.

    Its authors are people by the column's type: programs are another table. `approvals_needed` is what the policy asked
    for when it was proposed: none (a dismissal, in force from `takes_effect_at` on unless it is withdrawn before), one,
    or two (`endorsed_by` is the first of them).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.PROPOSED)
    reason_code = models.CharField(max_length=40)
    rationale = SealedTextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="proposed_decisions")
    endorsed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="endorsed_decisions")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="approved_decisions")
    approvals_needed = models.PositiveSmallIntegerField(default=1)
    policy = models.ForeignKey(DecisionPolicy, on_delete=models.PROTECT, null=True, related_name="decisions")
    conditions = SealedJSONField(default=list)
    evidence = SealedJSONField(default=dict, help_text="what it rests on (shape: cases.evidence), as it was hashed")
    evidence_sha256 = models.CharField(max_length=64)
    note = SealedTextField(blank=True)
    takes_effect_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=_differ("approved_by", "proposed_by"), name="approver_is_not_proposer"),
            models.CheckConstraint(condition=_differ("endorsed_by", "proposed_by"), name="endorser_is_not_proposer"),
            models.CheckConstraint(condition=_differ("approved_by", "endorsed_by"), name="approver_is_not_endorser"),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.APPROVED) | (_TWO_PEOPLE & _THREE_PEOPLE) | _BY_POLICY | _DISMISSED,
                name="approved_by_enough_people_or_by_policy",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=DecisionState.PROPOSED), name="one_open_proposal_per_case"
            ),
        ]
        indexes = [
            models.Index(
                fields=["takes_effect_at"], condition=Q(state=DecisionState.PROPOSED, takes_effect_at__isnull=False),
                name="decision_due",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.kind


class Reopening(BaseModel):
    """A closed case asked to be opened again by one person and approved by another."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reopenings")
    reason = SealedTextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("proposed_by")),
                name="reopening_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
