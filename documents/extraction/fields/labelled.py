"""Values found by the label beside or above them, in six languages; each parsed by how such a value is written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from documents.extraction.classify import is_title
from documents.extraction.fields.dates import dates_in, is_american
from documents.extraction.fields.money import money_in
from documents.extraction.fields.rows import Place, Rows, around, plain, text_of
from documents.extraction.shapes import FieldReading, PageReading, Word

_LABELS = Path(__file__).with_name("labels.yaml")
_FIELDS = {
    "invoice": ("invoice_number", "issue_date", "due_date", "total"),
    "utility_bill": ("account_number", "issue_date", "due_date", "period", "amount_due"),
    "bank_statement": ("account_number", "issue_date", "period", "opening_balance", "closing_balance", "name"),
    "payslip": ("issue_date", "gross_pay", "net_pay", "name", "employer"),
    "incorporation_document": ("company_name", "company_number", "jurisdiction", "incorporation_date", "address", "officers"),
    "ownership_register": ("company_name", "company_number", "issue_date"),
    "driving_licence": ("surname", "given_names", "document_number", "date_of_birth", "date_of_issue", "date_of_expiry"),
}  # fmt: skip
_CARD = ("surname", "given_names", "document_number", "date_of_birth", "date_of_issue", "date_of_expiry")
_CARDS = frozenset({"passport", "national_id", "residence_permit", "visa", "travel_document"})
_SPOILERS = frozenset({
    "sub", "sous", "due", "order", "delivery", "value", "print", "check", "birth", "service", "liefer", "scadenza", "vencimiento",
    "previous", "net", "netto",
})  # fmt: skip
_LOOSE = frozenset({"text", "name"})  # kinds that any words would do for
_AS_STRONG, _RIVALLED = 0.001, 0.6
_BESIDE, _BELOW = 0.93, 0.85
_LATER = 0.004  # a label further down its list says a little less surely what the value is
_CODE = re.compile(r"^(?=[^ ]*\d)[A-Z0-9][A-Z0-9/_.-]{2,}$", re.IGNORECASE)
_SPACED = re.compile(r"^(?:[A-Z]{1,4} )?\d[\d ]{2,}\d$")
_NAME = re.compile(r"^[^\W\d_][^\d_:;/()]{2,60}$")
_CAPITALS = re.compile(r"^[^\W\d_a-z][^\d_:;/()a-z]{1,40}$")
_PERIOD = ("period_start", "period_end")


@dataclass(frozen=True)
class _Parsed:
    """A value and the words it was read from; `share` is how surely they mean it."""

    values: dict[str, str]
    words: list[Word]
    share: float = 1.0


def labelled_values(kind: str, page: PageReading) -> list[FieldReading]:
    """The labelled values a document of `kind` carries on this page, the surest of each name."""
    rows, month_first = Rows(page.words), is_american(page.text)
    best: dict[str, FieldReading] = {}
    for name in _FIELDS.get(kind, _CARD if kind in _CARDS else ()):
        found = _surest(name, list(_found(name, rows, month_first=month_first)))
        for certainty, parsed in found:
            for reading in _readings(name, parsed, certainty, page):
                if reading.name not in best or reading.confidence > best[reading.name].confidence:
                    best[reading.name] = reading
    return list(best.values())


def _surest(name: str, found: list[tuple[float, _Parsed]]) -> list[tuple[float, _Parsed]]:
    """Of amounts under labels as strong, the greatest, which has the tax in it; and less surely so."""
    if _labels()[name]["kind"] != "money" or not found:
        return found
    strongest = max(certainty for certainty, _ in found)
    rivals = [parsed for certainty, parsed in found if strongest - certainty < _AS_STRONG]
    greatest = max(rivals, key=lambda parsed: float(parsed.values[""]))
    alone = len({parsed.values[""] for parsed in rivals}) == 1
    return [(strongest if alone else _RIVALLED, greatest)]


def _found(name: str, rows: Rows, *, month_first: bool) -> Iterator[tuple[float, _Parsed]]:
    parse = _PARSERS[_labels()[name]["kind"]]
    for rank, label in enumerate(_labels()[name]["words"]):
        for place in rows.places(label):
            if _is_part_of_another(rows, place):
                continue
            if _labels()[name]["kind"] in _LOOSE and any("%" in word.text for word in rows.rows[place.row]):
                continue  # the head of a table
            beside = rows.beside(place)
            if (
                len(label) == 1
                and _labels()[name]["kind"] in _LOOSE
                and is_title(text_of([*rows.words_at(place), *beside]))
            ):
                continue
            found = None if _is_label(beside) else parse(beside, month_first)
            if found is not None:
                yield _BESIDE - rank * _LATER, found
                continue
            for words in rows.below(place):
                found = None if _is_label(words) else parse(words, month_first)
                if found is not None:
                    yield _BELOW - rank * _LATER, found
                    break


def _readings(name: str, parsed: _Parsed, certainty: float, page: PageReading) -> Iterator[FieldReading]:
    read = min((word.confidence for word in parsed.words), default=0.0)
    source = "text" if page.source == "text" else "ocr"
    for part, value in parsed.values.items():
        sure = round(certainty * parsed.share * read, 2)
        yield FieldReading(part or name, value, sure, source, page.number, around(parsed.words))


def _is_part_of_another(rows: Rows, place: Place) -> bool:
    """Whether a longer label covers this one: the date in a due date, the total in a subtotal."""
    row = [plain(word.text) for word in rows.rows[place.row]]
    for spec in _labels().values():
        for label in spec["words"]:
            if len(label) > place.last - place.first + 1 and _covers(row, label, place):
                return True
    before = row[place.first - 1] if place.first else ""
    return before in _SPOILERS


def _covers(row: list[str], label: list[str], place: Place) -> bool:
    starts = range(max(0, place.last - len(label) + 1), place.first + 1)
    return any(row[start : start + len(label)] == label for start in starts)


def _is_label(words: list[Word]) -> bool:
    texts = [plain(word.text) for word in words]
    return any(texts[: len(label)] == label for spec in _labels().values() for label in spec["words"] if len(label) > 1)


def _code(words: list[Word], month_first: bool) -> _Parsed | None:
    """One word with a digit in it, or groups of digits; dates are none."""
    text = text_of(words).strip(" :.#")
    if _SPACED.match(text) and not list(dates_in(text, month_first=month_first)):
        return _Parsed({"": text if text[:1].isalpha() else text.replace(" ", "")}, words)
    for word in words[:3]:
        value = word.text.strip(":.#,;")
        if _CODE.match(value) and not list(dates_in(value, month_first=month_first)):
            return _Parsed({"": value}, [word], 1.0 if word is words[0] else 0.9)
    return None


def _date(words: list[Word], month_first: bool) -> _Parsed | None:
    found = next(dates_in(text_of(words), month_first=month_first), None)
    return None if found is None else _Parsed({"": found.iso}, words, 0.85 if found.doubtful else 1.0)


def _money(words: list[Word], month_first: bool) -> _Parsed | None:
    del month_first
    found = list(money_in(text_of(words)))
    if not found:
        return None
    currency = {"currency": found[-1].currency} if found[-1].currency else {}
    return _Parsed({"": found[-1].amount, **currency}, words)


def _period(words: list[Word], month_first: bool) -> _Parsed | None:
    found = list(dates_in(text_of(words), month_first=month_first))
    if len(found) < len(_PERIOD):
        return None
    return _Parsed(
        dict(zip(_PERIOD, (found[0].iso, found[1].iso), strict=True)), words, 0.9 if found[0].doubtful else 1.0
    )


def _name(words: list[Word], month_first: bool) -> _Parsed | None:
    del month_first
    text = text_of(words).strip(" :,")
    return _Parsed({"": text}, words, 0.95) if _NAME.match(text) and " " in text else None


def _capitals(words: list[Word], month_first: bool) -> _Parsed | None:
    del month_first
    text = text_of(words).strip(" :,.")
    return _Parsed({"": text}, words, 0.9) if _CAPITALS.match(text) else None


def _text(words: list[Word], month_first: bool) -> _Parsed | None:
    del month_first
    text = text_of(words).strip(" :")
    return _Parsed({"": text}, words, 0.95) if sum(char.isalpha() for char in text) > 2 else None  # noqa: PLR2004 - a word


def _names(words: list[Word], month_first: bool) -> _Parsed | None:
    del month_first
    people = [part.strip() for part in text_of(words).strip(" :").split(",")]
    return (
        _Parsed({"": "; ".join(people)}, words, 0.95) if people and all(_NAME.match(part) for part in people) else None
    )


_PARSERS: dict[str, Callable[[list[Word], bool], _Parsed | None]] = {
    "code": _code, "date": _date, "money": _money, "period": _period, "name": _name, "capitals": _capitals, "text": _text,
    "names": _names,
}  # fmt: skip


@cache
def _labels() -> dict[str, dict[str, Any]]:
    """The labels as lists of plain words, longer ones first among equals."""
    loaded = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))
    return {
        name: {"kind": spec["kind"], "words": [[plain(word) for word in label.split()] for label in spec["labels"]]}
        for name, spec in loaded.items()
    }
