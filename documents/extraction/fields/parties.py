"""Who sends a paper and to whom it is addressed: by where names stand, for neither is ever labelled the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from documents.extraction.classify import is_title
from documents.extraction.fields.rows import Rows, around, columns, plain, text_of
from documents.extraction.shapes import FieldReading, PageReading, Word

_WORDS = yaml.safe_load(Path(__file__).with_name("parties.yaml").read_text(encoding="utf-8"))
_SENDERS, _TITLES, _PUBLIC_MAIL = (frozenset(_WORDS[name]) for name in ("senders", "titles", "public_mail"))
_RECIPIENTS = tuple([plain(word) for word in label.split()] for label in _WORDS["recipients"])
_LEGAL = re.compile(
    r"\b(?:GmbH(?: & Co\.? KG)?|AG|UG|e\.?V|Ltd|Limited|LLP|LLC|Inc|PLC|Corp|Corporation|Company|B\.?V|N\.?V|V\.?O\.?F"
    r"|S\.?A\.?S?|SARL|EURL|S\.?L\.?U?|S\.?p\.?A|S\.?r\.?l|S\.?n\.?c|Pvt)\b\.?(?: \(haftungsbeschränkt\))?", re.IGNORECASE,
)  # fmt: skip
_NO_NAME = re.compile(r"[\d@€$£]|www\.|https?:|\.(?:com|org|net|fr|de|nl|es|it|eu)\b", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:www\.|@|https?://)(?P<name>[a-z0-9-]{3,})\.[a-z]{2,}", re.IGNORECASE)
_TOWN = re.compile(
    r"^(?:\d{4,5}\s?(?:[A-Z]{2}\s)?[^\W\d_][^\d]{2,30}|[^\W\d_][^\d,]{2,25},?\s[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
    r"|[^\W\d_][\w .]{2,25}, [A-Z]{2},? \d{5})$"
)
_PERSON = re.compile(r"^(?:[^\W\d_][\w.'’-]*\s){1,4}[^\W\d_][\w.'’-]+$")
_LONG_TOKEN, _FEW_LETTERS = 4, 3
_TOP = 0.3
_RECIPIENT_ROWS = 3
_LEAST = 2.0


@dataclass(frozen=True)
class _Part:
    """A column of a row: neighbouring words, and the row's number."""

    words: list[Word]
    row: int

    @property
    def text(self) -> str:
        return text_of(self.words)

    @property
    def left(self) -> int:
        return self.words[0].box[0]

    @property
    def height(self) -> int:
        return max(word.box[3] - word.box[1] for word in self.words)


def sender(page: PageReading) -> FieldReading | None:
    """The supplier, bank or employer whose paper it is; None where nothing stands out."""
    parts = list(_parts(Rows(page.words)))
    if not parts:
        return None
    domains = [match["name"].lower() for match in _DOMAIN.finditer(page.text)]
    domains = [name for name in domains if name not in _PUBLIC_MAIL]
    top = [part for part in parts if part.words[0].box[1] < _TOP * page.height]
    tallest = max((part.height for part in top if _cleaned(part)), default=0)
    scored = [(_weight(part, parts, tallest, domains, page), part) for part in parts if _cleaned(part)]
    best = max(scored, key=lambda item: item[0], default=None)
    if best is None or best[0] < _LEAST:
        return None
    words = _cleaned(best[1])
    sure = min(0.9, 0.45 + 0.09 * best[0]) * min(word.confidence for word in words)
    return _reading("supplier", text_of(words).strip(" ,:|"), words, sure, page)


def addressee(page: PageReading, sent_by: str) -> list[FieldReading]:
    """Name and address of the one to whom a letter goes: lines above one another that end in a town with its postcode."""
    parts = list(_parts(Rows(page.words)))
    for town in (part for part in parts if _TOWN.match(part.text)):
        above = [
            part
            for part in parts
            if 0 < town.row - part.row <= _RECIPIENT_ROWS and abs(part.left - town.left) <= town.height
        ]
        above.sort(key=lambda part: part.row, reverse=True)
        if len(above) > 1 and any(char.isdigit() for char in above[0].text):
            name, street = above[1], above[0]
            if _PERSON.match(name.text) and name.text != sent_by and not _LEGAL.search(name.text):
                lines = [*street.words, *town.words]
                return [
                    _reading("name", name.text, name.words, 0.75 * _worst(name.words), page),
                    _reading("address", f"{street.text.strip(' ,')}, {town.text}", lines, 0.8 * _worst(lines), page),
                ]
    return []


def _weight(part: _Part, parts: list[_Part], tallest: int, domains: list[str], page: PageReading) -> float:
    words = _cleaned(part)
    text, tokens = text_of(words), [plain(word.text) for word in words]
    weight = 2.0 * bool(_LEGAL.search(text)) + 1.5 * bool(_SENDERS & set(tokens))
    weight += 1.5 * (part.height == tallest and part.words[0].box[1] < _TOP * page.height)
    weight += 1.0 * (part.row == 0) + 0.5 * (part.words[0].box[1] < _TOP * page.height)
    squeezed = "".join(tokens)
    known = (
        name in squeezed or any(len(token) > _LONG_TOKEN and token in name for token in tokens) for name in domains
    )
    weight += 2.0 * any(known)
    weight += 0.5 * min(2, sum(other.text != part.text and text in other.text for other in parts))
    weight -= 4.0 * _is_recipient(part, parts)
    return weight - 0.5 * max(0, len(words) - 6)


def _is_recipient(part: _Part, parts: list[_Part]) -> bool:
    if _names_a_recipient(part):
        return True
    near = [other for other in parts if 0 < part.row - other.row <= _RECIPIENT_ROWS]
    return any(_names_a_recipient(other) for other in near if abs(other.left - part.left) < 3 * part.height)


def _names_a_recipient(part: _Part) -> bool:
    texts = [plain(word.text) for word in part.words]
    return texts == ["to"] or any(texts[: len(label)] == label for label in _RECIPIENTS)


def _cleaned(part: _Part) -> list[Word]:
    """The words of the part that can be a name: without titles, and no further than a legal form; empty where none is."""
    words = [word for word in part.words if plain(word.text) not in _TITLES]
    legal = _LEGAL.search(text_of(words))
    if legal is not None:
        words = words[: len(text_of(words)[: legal.end()].split())]
    text = text_of(words)
    if not words or _NO_NAME.search(text) or sum(char.isalpha() for char in text) < _FEW_LETTERS or ":" in text:
        return []
    return [] if legal is None and is_title(part.text) else words


def _parts(rows: Rows) -> Iterator[_Part]:
    for number, row in enumerate(rows.rows):
        for words in columns(row):
            yield _Part(words, number)


def _worst(words: list[Word]) -> float:
    return min(word.confidence for word in words)


def _reading(name: str, value: str, words: list[Word], sure: float, page: PageReading) -> FieldReading:
    return FieldReading(
        name, value, round(sure, 2), "text" if page.source == "text" else "ocr", page.number, around(words)
    )
