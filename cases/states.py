"""The transition table of a case: from, to, who may, what it needs. Pure; checked by every service that moves a case."""

from dataclasses import dataclass

from cases.enums import CaseStatus as S
from core.permissions import Permission


@dataclass(frozen=True)
class Transition:
    """`verb` names it for people; `needs` are the inputs it cannot do without."""

    verb: str
    source: S
    target: S
    permission: Permission
    needs: tuple[str, ...] = ()


_WORK, _APPROVE = Permission.CASE_WORK, Permission.DECISION_APPROVE
TRANSITIONS = (
    Transition("claim", S.NEW, S.IN_REVIEW, _WORK),
    Transition("claim", S.ESCALATED, S.IN_REVIEW, _WORK),
    Transition("snooze", S.NEW, S.SNOOZED, _WORK, ("until", "reason")),
    Transition("snooze", S.IN_REVIEW, S.SNOOZED, _WORK, ("until", "reason")),
    Transition("wake", S.SNOOZED, S.IN_REVIEW, _WORK),
    Transition("request information", S.IN_REVIEW, S.WAITING_INFO, _WORK, ("reason",)),
    Transition("resume", S.WAITING_INFO, S.IN_REVIEW, _WORK),
    Transition("escalate", S.IN_REVIEW, S.ESCALATED, _WORK, ("reason",)),
    Transition("release", S.IN_REVIEW, S.NEW, _WORK),
    Transition("propose", S.IN_REVIEW, S.PROPOSED, Permission.DECISION_PROPOSE, ("kind", "reason_code", "rationale")),
    Transition("approve", S.PROPOSED, S.CLOSED, _APPROVE),
    Transition("withdraw", S.PROPOSED, S.IN_REVIEW, Permission.DECISION_PROPOSE),
    Transition("return", S.PROPOSED, S.IN_REVIEW, _APPROVE, ("note",)),
    Transition("propose reopening", S.CLOSED, S.REOPEN_PROPOSED, Permission.DECISION_PROPOSE, ("reason",)),
    Transition("approve reopening", S.REOPEN_PROPOSED, S.IN_REVIEW, _APPROVE),
    Transition("refuse reopening", S.REOPEN_PROPOSED, S.CLOSED, _APPROVE, ("note",)),
    Transition("close by policy", S.NEW, S.CLOSED, Permission.POLICY_EDIT),
    Transition("put dismissal into force", S.PROPOSED, S.CLOSED, Permission.POLICY_EDIT),
    Transition("give dismissal back", S.PROPOSED, S.IN_REVIEW, Permission.POLICY_EDIT),
)


def transition(verb: str, source: str) -> Transition | None:
    """The transition `verb` from `source`, or None where the table has none."""
    return next((item for item in TRANSITIONS if item.verb == verb and item.source == source), None)


def verbs_from(source: str) -> list[str]:
    """What can be done with a case in this status."""
    return [item.verb for item in TRANSITIONS if item.source == source]
