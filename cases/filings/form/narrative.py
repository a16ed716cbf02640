"""A first draft of the narrative from what the case rests on, each sentence marked with its evidence, and what is sent of it.

Who, what, when, where, why and how: the order that FinCEN's guidance on preparing a complete narrative asks for (2003).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cases.assist.checking import Evidence, marks_of
from cases.filings.form.shapes import Citation, FilingData, Narrative, Transaction

_MARK = re.compile(r" ?\[(\d{1,4})\]")
_FEW = 5
ASKED = "[Say why the activity is suspicious for this customer, what explanation was asked for and given, and what was done.]"


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
        ASKED,
    ]  # fmt: skip
    return Narrative(text="\n\n".join(section for section in sections if section), citations=draft.citations)


def unmarked(narrative: Narrative) -> str:
    """The text without the marks of its citations: they mean something only here."""
    known = {citation.mark for citation in narrative.citations}
    return _MARK.sub(lambda match: "" if int(match[1]) in known else match[0], narrative.text)


def open_brackets(narrative: Narrative) -> list[str]:
    """What the draft asks a person to say and nobody has said yet."""
    return re.findall(r"\[Say [^\]]*\]", narrative.text)


def taken(text: str, evidence: Sequence[Evidence], closing: Iterable[Evidence]) -> Narrative:
    """What a person made of a machine's draft, with the citations that it still has; the conclusion and the question
    that only a person can answer follow."""
    draft = _Draft()
    known = {mark: evidence[mark - 1] for mark in sorted(marks_of(text)) if 1 <= mark <= len(evidence)}
    numbered = {mark: draft.cite(item.kind, item.evidence_id, item.sentence) for mark, item in known.items()}
    said = _MARK.sub(lambda match: f" {numbered[int(match[1])]}" if int(match[1]) in numbered else "", text)
    sections = [said, _of_kind(closing, draft, "decision", "Conclusion:"), ASKED]
    return Narrative(text="\n\n".join(section for section in sections if section), citations=draft.citations)


def _who(data: FilingData) -> str:
    told = [f"{sentence}." for sentence in people_told(data)]
    return f"This report concerns {len(told)} subject{'s' if len(told) != 1 else ''}. {' '.join(told)}" if told else ""


def people_told(data: FilingData) -> list[str]:
    """A sentence a subject, without its full stop."""
    told = []
    for subject in data.subjects:
        parts = [f"{subject.name} ({'organisation' if subject.kind == 'entity' else 'person'}"]
        if subject.birth_date:
            parts.append(f", born {subject.birth_date:%Y-%m-%d}")
        if subject.occupation:
            parts.append(f", {subject.occupation}")
        relation = "a customer of this institution" if subject.is_customer else "not a customer of this institution"
        told.append(f"{''.join(parts)}) is {relation}")
    return told


def _dated(data: FilingData) -> list[Transaction]:
    return [row for row in data.transactions if row.on and row.amount is not None]


def largest(data: FilingData) -> list[Transaction]:
    """The largest transactions of the report, the largest first."""
    return sorted(_dated(data), key=lambda row: row.amount or Decimal(0), reverse=True)[:_FEW]


def totals_told(data: FilingData) -> list[str]:
    """Since when, how many, sums of both directions, counterparties and their countries: a sentence each."""
    rows = _dated(data)
    if not rows:
        return []
    days = sorted(row.on for row in rows if row.on)
    told = [
        f"Between {days[0]:%Y-%m-%d} and {days[-1]:%Y-%m-%d}, {len(rows)} transactions were found to be suspicious."
    ]
    for direction, words in (("in", "came in"), ("out", "went out")):
        told += _totals([row for row in rows if row.direction == direction], words)
    return told + _counterparties(rows)


def _what(data: FilingData, draft: _Draft) -> str:
    told = totals_told(data)
    listed = "; ".join(
        f"{row.on:%Y-%m-%d} {row.amount:,.2f} {row.currency} {row.direction}"
        f" {draft.cite('transaction', row.evidence_id, f'transaction {row.number}')}"
        for row in largest(data)
    )
    return " ".join([*told, f"The largest: {listed}."]) if told else ""


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
