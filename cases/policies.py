"""The decision policy: what a machine may approve alone, and who must approve what. Pure; administrators edit the data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from cases.enums import DecisionKind
from core.exceptions import Fault
from core.words import said

DEFAULT_RULES: dict[str, Any] = {
    "automatic_approval": {
        "enabled": True,
        "highest_rating": "low",
        "least_verified_documents": 1,
    },
    "approver_roles": {
        DecisionKind.APPROVE: [Role.REVIEWER, Role.MLRO],
        DecisionKind.APPROVE_WITH_EDD: [Role.REVIEWER, Role.MLRO],
        DecisionKind.REJECT: [Role.REVIEWER, Role.MLRO],
        DecisionKind.EXIT_RELATIONSHIP: [Role.MLRO],
        DecisionKind.FILE_SAR: [Role.MLRO],
        DecisionKind.DISMISS: [Role.REVIEWER, Role.MLRO],
    },
}
_LEVELS = ("low", "medium", "high")


@dataclass(frozen=True)
class CaseFacts:
    """What the policy looks at."""

    rating: str
    screened: bool
    open_hits: int
    true_matches: int
    open_alerts: int
    documents_verified: int
    documents_doubtful: int
    documents_refused: int
    documents_unread: int


@dataclass(frozen=True)
class Condition:
    """One condition of automatic approval with its real value, in words."""

    holds: bool
    sentence: str


def approval_conditions(facts: CaseFacts, rules: Mapping[str, Any]) -> list[Condition]:
    """Every condition for approving without a person; all must hold."""
    automatic = rules["automatic_approval"]
    highest, least = automatic["highest_rating"], automatic["least_verified_documents"]
    rated = facts.rating in _LEVELS and _LEVELS.index(facts.rating) <= _LEVELS.index(highest)
    doubts = facts.documents_doubtful + facts.documents_refused + facts.documents_unread
    return [
        Condition(bool(automatic["enabled"]), "The policy allows approval without a person."),
        Condition(facts.screened, "The customer is screened against every active list."),
        Condition(
            rated,
            said(
                "The rating is {level_word}, at most {highest_word} is approved.",
                level_word=facts.rating or said("missing"),
                highest_word=highest,
            ),
        ),
        Condition(not facts.open_hits, said("Open hits: {number}.", number=facts.open_hits)),
        Condition(not facts.true_matches, said("Confirmed matches: {number}.", number=facts.true_matches)),
        Condition(not facts.open_alerts, said("Open alerts: {number}.", number=facts.open_alerts)),
        Condition(
            facts.documents_verified >= least,
            said("Verified documents: {number}, needed: {least}.", number=facts.documents_verified, least=least),
        ),
        Condition(not doubts, said("Documents doubtful, refused or unread: {number}.", number=doubts)),
    ]


def approver_roles(kind: str, rules: Mapping[str, Any], *, final: bool = False) -> list[str]:
    """The roles that may approve a decision of this kind; `final` is for the second of two approvals."""
    named = rules.get("final_approver_roles", {}) if final else rules["approver_roles"]
    return list(named.get(kind, [Role.MLRO]))


def policy_faults(rules: Mapping[str, Any], approvers: Collection[str]) -> list[Fault]:
    """What is wrong with the automatic approval and the approvers of a decision policy; `approvers`: roles that may be one."""
    faults = []
    automatic = rules.get("automatic_approval") or {}
    least = automatic.get("least_verified_documents")
    if automatic.get("highest_rating") not in _LEVELS:
        faults.append(
            Fault(
                "/automatic_approval/highest_rating", "is no rating", said("one of {levels}", levels=", ".join(_LEVELS))
            )
        )
    if not isinstance(least, int) or least < 0:
        faults.append(Fault("/automatic_approval/least_verified_documents", "is no number", "0 or more"))
    for key in ("approver_roles", "final_approver_roles"):
        for kind, roles in (rules.get(key) or {}).items():
            if kind not in DecisionKind.values or not roles or set(roles) - set(approvers):
                faults.append(
                    Fault(f"/{key}/{kind}", "needs at least one role that may approve", ", ".join(sorted(approvers)))
                )
    return faults
