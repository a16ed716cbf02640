"""A first draft of the narrative from what the case rests on, each sentence marked with its evidence, and what is sent of it.

Who, what, when, where, why and how: the order that FinCEN's guidance on preparing a complete narrative asks for (2003).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cases.assist.checking import Evidence
from cases.filings.form.shapes import Citation, FilingData, Narrative, Transaction

_MARK = re.compile(r" ?\[(\d{1,4})\]")
_FEW = 5


@dataclass
class _Draft:
    citations: list[Citation] = field(default_factory=list)

    def cite(self, kind: str, evidence_id: str, label: str) -> str:
        """The mark of a piece of evidence."""
        mark = len(self.citations) + 1
        self.citations.append(Citation(mark=mark, kind=kind, evidence_id=evidence_id[:40], label=label[:300]))
        return f"[{mark}]"


def drafted(data: FilingData, evidence: Iterable[Evidence]) -> Narrative:
    """The draft. It claims nothing that its evidence does not say; what only a person knows is asked for in brackets."""
    draft = _Draft()
    found = list(evidence)
    sections = [
        _who(data), _what(data, draft), _of_kind(found, draft, "alert", "Monitoring found:"),
        _of_kind(found, draft, "hit", "Screening found:"), _of_kind(found, draft, "media", "The press reports:"),
        _of_kind(found, draft, "document", "Of the documents received:"), _of_kind(found, draft, "decision", "Conclusion:"),
        "[Say why the activity is suspicious for this customer, what explanation was asked for and given, and what was done.]",
    ]  # fmt: skip
    return Narrative(text="\n\n".join(section for section in sections if section), citations=draft.citations)


def unmarked(narrative: Narrative) -> str:
    """The text without the marks of its citations: they mean something only here."""
    known = {citation.mark for citation in narrative.citations}
    return _MARK.sub(lambda match: "" if int(match[1]) in known else match[0], narrative.text)


def open_brackets(narrative: Narrative) -> list[str]:
    """What the draft asks a person to say and nobody has said yet."""
    return re.findall(r"\[Say [^\]]*\]", narrative.text)


def _who(data: FilingData) -> str:
    told = []
    for subject in data.subjects:
        parts = [f"{subject.name} ({'organisation' if subject.kind == 'entity' else 'person'}"]
        if subject.birth_date:
            parts.append(f", born {subject.birth_date:%Y-%m-%d}")
        if subject.occupation:
            parts.append(f", {subject.occupation}")
        relation = "a customer of this institution" if subject.is_customer else "not a customer of this institution"
        told.append(f"{''.join(parts)}) is {relation}.")
    return f"This report concerns {len(told)} subject{'s' if len(told) != 1 else ''}. {' '.join(told)}" if told else ""


def _what(data: FilingData, draft: _Draft) -> str:
    rows = [row for row in data.transactions if row.on and row.amount is not None]
    if not rows:
        return ""
    days = sorted(row.on for row in rows if row.on)
    told = [
        f"Between {days[0]:%Y-%m-%d} and {days[-1]:%Y-%m-%d}, {len(rows)} transactions were found to be suspicious."
    ]
    for direction, words in (("in", "came in"), ("out", "went out")):
        told += _totals([row for row in rows if row.direction == direction], words)
    told += _counterparties(rows)
    largest = sorted(rows, key=lambda row: row.amount or Decimal(0), reverse=True)[:_FEW]
    listed = "; ".join(
        f"{row.on:%Y-%m-%d} {row.amount:,.2f} {row.currency} {row.direction}"
        f" {draft.cite('transaction', row.evidence_id, f'transaction {row.number}')}"
        for row in largest
    )
    return " ".join([*told, f"The largest: {listed}."])


def _totals(rows: Sequence[Transaction], words: str) -> list[str]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, Decimal(0)) + (row.amount or 0)
    told = " and ".join(f"{amount:,.2f} {currency}" for currency, amount in sums.items())
    return [f"{told} {words} in {len(rows)}."] if rows else []


def _counterparties(rows: Sequence[Transaction]) -> list[str]:
    named = Counter(row.counterparty for row in rows if row.counterparty)
    countries = sorted({row.counterparty_country for row in rows if row.counterparty_country})
    told = (
        [f"Counterparties: {', '.join(f'{name} ({count})' for name, count in named.most_common(_FEW))}."]
        if named
        else []
    )
    return [*told, f"Countries of counterparties: {', '.join(countries)}."] if countries else told


def _of_kind(evidence: Iterable[Evidence], draft: _Draft, kind: str, heading: str) -> str:
    told = [f"{item.sentence.rstrip('.')}. {draft.cite(kind, item.evidence_id, item.sentence)}"
            for item in evidence if item.kind == kind]  # fmt: skip
    return " ".join([heading, *told]) if told else ""
