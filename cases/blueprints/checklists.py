"""Checklists: what must be done before an outcome may be proposed. Some items the product ticks from the facts itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.blueprints.reading import Reader
from cases.enums import CaseKind, DecisionKind
from cases.policies import CaseFacts
from core.exceptions import Fault
from core.words import said

AUTOMATIC: dict[str, tuple[str, Callable[[CaseFacts], bool]]] = {
    "screened": (said("Screened against every active list"), lambda facts: facts.screened),
    "hits_decided": (said("Every hit is decided"), lambda facts: not facts.open_hits),
    "alerts_decided": (said("Every alert is decided"), lambda facts: not facts.open_alerts),
    "documents_read": (said("No document is unread"), lambda facts: not facts.documents_unread),
    "rated": (said("The risk is rated"), lambda facts: bool(facts.rating)),
}
_APPROVALS = [DecisionKind.APPROVE, DecisionKind.APPROVE_WITH_EDD]
DEFAULT_CHECKLISTS: dict[str, Any] = {
    "items": [
        {"code": "hits", "sentence": said("Every hit is decided"), "decisions": _APPROVALS, "kinds": [],
         "automatic": "hits_decided"},
        {"code": "alerts", "sentence": said("Every alert is decided"), "decisions": _APPROVALS, "kinds": [],
         "automatic": "alerts_decided"},
        {"code": "funds", "sentence": said("Source of funds and wealth is documented"),
         "decisions": [DecisionKind.APPROVE_WITH_EDD], "kinds": [], "automatic": ""},
        {"code": "narrative", "sentence": said("The report's narrative is written: who, what, when, where, why"),
         "decisions": [DecisionKind.FILE_SAR], "kinds": [], "automatic": ""},
        {"code": "tipping_off", "sentence": said("Nothing was said to the customer that could tip them off"),
         "decisions": [DecisionKind.FILE_SAR], "kinds": [], "automatic": ""},
        {"code": "balances", "sentence": said("Balances and running business are accounted for"),
         "decisions": [DecisionKind.EXIT_RELATIONSHIP], "kinds": [], "automatic": ""},
    ]
}  # fmt: skip


@dataclass(frozen=True)
class ChecklistItem:
    """`decisions` and `kinds` say for which outcome and kind of case it is required (empty: any)."""

    code: str
    sentence: str
    decisions: tuple[str, ...]
    kinds: tuple[str, ...]
    automatic: str

    def concerns(self, kind: str) -> bool:
        """True where it stands on the checklist of this kind of case."""
        return not self.kinds or kind in self.kinds

    def required_for(self, kind: str, decision: str) -> bool:
        """True where `decision` of a case of this kind needs it."""
        return self.concerns(kind) and (not self.decisions or decision in self.decisions)

    def holds(self, facts: CaseFacts) -> bool:
        """True where the facts alone tick it."""
        return bool(self.automatic) and AUTOMATIC[self.automatic][1](facts)


@dataclass(frozen=True)
class Checklists:
    """Every item, in the order of the page."""

    items: tuple[ChecklistItem, ...]

    def for_kind(self, kind: str) -> list[ChecklistItem]:
        """The checklist of a kind of case."""
        return [item for item in self.items if item.concerns(kind)]


def read_checklists(body: Any) -> tuple[Checklists, list[Fault]]:
    """The checklist of a body and its faults."""
    reader = Reader()
    items: dict[str, ChecklistItem] = {}
    for index, row in enumerate(reader.rows(body, "items")):
        pointer = f"/items/{index}"
        code = reader.word(row, "code", pointer, most=40)
        if code in items:
            reader.fault(f"{pointer}/code", said("“{code}” is there twice", code=code), "a code of its own")
        automatic = row.get("automatic") or ""
        if automatic and automatic not in AUTOMATIC:
            reader.fault(
                f"{pointer}/automatic",
                said("does not know “{automatic}”", automatic=automatic),
                said("of {automatic}", automatic=", ".join(AUTOMATIC)),
            )
            automatic = ""
        items[code] = ChecklistItem(
            code, reader.word(row, "sentence", pointer), reader.choices(row, "decisions", pointer, DecisionKind.values),
            reader.choices(row, "kinds", pointer, CaseKind.values), automatic,
        )  # fmt: skip
    return Checklists(tuple(items.values())), reader.faults
