"""Putting a model's answer beside a reading. What rules have read stays as it is, whatever the model says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from documents.extraction.fields.dates import dates_in, is_american
from documents.extraction.fields.money import money_in
from documents.extraction.llm.provenance import located_value
from documents.extraction.shapes import FieldReading, Reading

LLM = "llm"
_TRUST = 0.7  # of the worst word: the words are read, but that they mean this nobody has checked
_DATES = re.compile(r"date|period_")
_MONEY = frozenset({"total", "amount_due", "opening_balance", "closing_balance", "gross_pay", "net_pay"})
NOT_ON_PAGE = "does not stand on the document"
READ_OTHERWISE = "differs from what was read by rules"
OF_ANOTHER_KIND = "is no date or amount"


@dataclass(frozen=True)
class Suggestion:
    """A value of a model that is not used, and why."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True)
class Merged:
    """A reading with the values that a model added, and those it gave in vain."""

    reading: Reading
    suggestions: tuple[Suggestion, ...] = ()


def merged(reading: Reading, answer: Mapping[str, str]) -> Merged:
    """Adds what was missing and stands on a page, marked `llm`; never changes a value that is there."""
    known = {item.name: item.value for item in reading.fields}
    added: list[FieldReading] = []
    vain: list[Suggestion] = []
    for name, printed in answer.items():
        value = _normalised(name, printed, reading)
        place = located_value(printed, reading.pages)
        if not printed.strip() or _is_same(known.get(name), value):
            continue
        if place is None:
            vain.append(Suggestion(name, printed, NOT_ON_PAGE))
        elif not value:
            vain.append(Suggestion(name, printed, OF_ANOTHER_KIND))
        elif name in known:
            vain.append(Suggestion(name, printed, READ_OTHERWISE))
        else:
            page, box, confidence = place
            added.append(FieldReading(name, value, round(_TRUST * confidence, 2), LLM, page, box))
    return Merged(replace(reading, fields=(*reading.fields, *added)), tuple(vain))


def _normalised(name: str, printed: str, reading: Reading) -> str:
    """The value as it is stored: ISO dates, amounts with two decimals, single blanks. Empty where it is no such thing."""
    if _DATES.search(name):
        text = "\n".join(page.text for page in reading.pages)
        return next((found.iso for found in dates_in(printed, month_first=is_american(text))), "")
    if name in _MONEY:
        return next((found.amount for found in money_in(printed)), "")
    return " ".join(printed.split())


def _is_same(known: str | None, value: str) -> bool:
    return known is not None and "".join(known.split()).upper() == "".join(value.split()).upper()
