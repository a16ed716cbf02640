"""The life of a filing as a table: what can be done in which state, by whom, and where it leads."""

from dataclasses import dataclass

from cases.filings.enums import FilingState as S
from core.permissions import Permission as P  # noqa: N817

OPEN = frozenset({S.DRAFT, S.REVIEWED, S.APPROVED})
SENT = frozenset({S.FILED, S.ACKNOWLEDGED, S.REJECTED})


@dataclass(frozen=True)
class Step:
    """`title` is what its button says."""

    verb: str
    title: str
    sources: frozenset[S]
    permission: P


STEPS = {
    step.verb: step
    for step in (
        Step("edit", "Edit", frozenset({S.DRAFT, S.REVIEWED}), P.FILING_EDIT),
        Step("review", "Reviewed: it may be approved", frozenset({S.DRAFT}), P.FILING_EDIT),
        Step("return", "Give it back", frozenset({S.REVIEWED, S.APPROVED}), P.FILING_EDIT),
        Step("approve", "Approve for filing", frozenset({S.REVIEWED}), P.FILING_APPROVE),
        Step("export", "Take the XML out", frozenset({S.APPROVED}) | SENT, P.FILING_APPROVE),
        Step("file", "It has been filed", frozenset({S.APPROVED}), P.FILING_APPROVE),
        Step("answer", "Take in the answer", frozenset({S.FILED, S.REJECTED}), P.FILING_EDIT),
        Step("withdraw", "Do not file", OPEN, P.FILING_APPROVE),
        Step("follow", "Correct or continue it", SENT, P.FILING_EDIT),
    )
}


def verbs_for(state: str, permissions: frozenset[P]) -> set[str]:
    """What somebody with these permissions may do with a filing in this state."""
    return {step.verb for step in STEPS.values() if state in step.sources and step.permission in permissions}
