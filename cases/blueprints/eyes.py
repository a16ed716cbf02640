"""The four-eyes policy: who must approve what, by decision, rating, topic and amount. Pure.

A row that matches first counts. Less than one approver exists only for a dismissal: the database knows no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.blueprints.reading import Reader
from cases.enums import DecisionKind, Eyes
from core.exceptions import Fault
from core.words import said

RATINGS = ("low", "medium", "high", "unrated")
TOPICS = ("sanction", "pep", "adverse_media", "internal", "alert", "document")
DEFAULT_EYES: list[dict[str, Any]] = [
    {"decisions": [DecisionKind.DISMISS], "ratings": ["high"], "topics": [], "from_amount": 0, "eyes": Eyes.ONE},
    {"decisions": [DecisionKind.DISMISS], "ratings": [], "topics": [], "from_amount": 10000, "eyes": Eyes.ONE},
    {"decisions": [DecisionKind.DISMISS], "ratings": [], "topics": [], "from_amount": 0, "eyes": Eyes.SAMPLE,
     "sample_percent": 10},
    {"decisions": [], "ratings": [], "topics": [], "from_amount": 0, "eyes": Eyes.ONE},
]  # fmt: skip


@dataclass(frozen=True)
class EyesRow:
    """Empty `decisions`, `ratings` or `topics` match any. `sample_percent` is for SAMPLE."""

    decisions: tuple[str, ...]
    ratings: tuple[str, ...]
    topics: tuple[str, ...]
    from_amount: float
    eyes: str
    sample_percent: float

    def matches(self, decision: str, rating: str, topics: Sequence[str], amount: float) -> bool:
        """True where the row is about this decision on such a case."""
        return (
            (not self.decisions or decision in self.decisions)
            and (not self.ratings or (rating or "unrated") in self.ratings)
            and (not self.topics or any(topic in self.topics for topic in topics))
            and amount >= self.from_amount
        )


def approvers_needed(
    rows: Sequence[EyesRow], decision: str, rating: str, topics: Sequence[str], amount: float, lot: float
) -> int:
    """How many people must approve: 0, 1 or 2. `lot` (0-100, drawn by the caller) decides where a sample is checked."""
    found = next((row for row in rows if row.matches(decision, rating, topics, amount)), None)
    if found is None or (found.eyes in {Eyes.NONE, Eyes.SAMPLE} and decision != DecisionKind.DISMISS):
        return 1
    if found.eyes == Eyes.SAMPLE:
        return 1 if lot < found.sample_percent else 0
    return {Eyes.NONE: 0, Eyes.ONE: 1, Eyes.TWO: 2}[Eyes(found.eyes)]


def read_eyes(body: Any) -> tuple[tuple[EyesRow, ...], list[Fault]]:
    """The rows under `four_eyes` of a decision policy and their faults."""
    reader = Reader()
    rows = [_row(reader, row, f"/four_eyes/{index}") for index, row in enumerate(reader.rows(body, "four_eyes"))]
    return tuple(rows), reader.faults


def _row(reader: Reader, row: dict[str, Any], pointer: str) -> EyesRow:
    decisions = reader.choices(row, "decisions", pointer, DecisionKind.values)
    eyes = row.get("eyes", "")
    if eyes not in Eyes.values:
        reader.fault(
            f"{pointer}/eyes",
            said("does not know “{eyes}”", eyes=eyes),
            said("of {values}", values=", ".join(Eyes.values)),
        )
        eyes = Eyes.ONE
    if eyes in {Eyes.NONE, Eyes.SAMPLE} and decisions != (DecisionKind.DISMISS,):
        reader.fault(
            f"{pointer}/eyes", "fewer than four eyes are only for a dismissal", "“always”, or decision “dismiss”"
        )
    percent = row.get("sample_percent", 0)
    if eyes == Eyes.SAMPLE:
        percent = reader.number(row, "sample_percent", pointer, least=0, most=100)
    return EyesRow(
        decisions, reader.choices(row, "ratings", pointer, RATINGS), reader.choices(row, "topics", pointer, TOPICS),
        reader.number(row, "from_amount", pointer, least=0, most=1e12), eyes, percent,
    )  # fmt: skip
