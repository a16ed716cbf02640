"""The values in a zone, each with its confidence and the box of its characters."""

import re
from datetime import date

from documents.extraction.mrz.doubts import bears_out
from documents.extraction.mrz.formats import FORMATS, Format, Span, long_number
from documents.extraction.shapes import Box, FieldReading, MrzReading

_CENTURY = 100
_LONGEST_VALIDITY = 50
_GUARDED = ("document_number", "date_of_birth", "date_of_expiry")


def zone_fields(zone: MrzReading, today: date, text: str = "") -> list[FieldReading]:
    """The values in a zone; empty ones are left out.

    Confidence: 0.99 where the value's own digit and the whole zone fit, 0.85 where a repair was needed for that, 0.3
    where its digit fails or its reading is unclear. Names and states have no digit: 0.9 in a zone that fits, else 0.6;
    a name that stands elsewhere in the page's `text` has 0.95, one that does not at most 0.75.
    """
    shape = FORMATS[zone.format]
    raw = {name: span.of(zone.lines) for name, span in shape.fields.items()}
    return [
        FieldReading(
            name, value, _confidence(zone, name, value, text), "mrz", zone.page,
            _box(zone, shape.fields[_standing(name, shape)], shape.width),
        )
        for name, value in _values(zone, raw, today).items()
        if value
    ]  # fmt: skip


def _values(zone: MrzReading, raw: dict[str, str], today: date) -> dict[str, str]:
    surname, _, given = raw["names"].partition("<<")
    given = raw.get("given_names", given)
    number = long_number(zone.lines, FORMATS[zone.format])
    return {
        "surname": _words(surname),
        "given_names": _words(given),
        "document_number": (number[0] if number else raw["document_number"]).replace("<", ""),
        "date_of_birth": _iso(raw["date_of_birth"], today, future=False),
        "date_of_expiry": _iso(raw.get("date_of_expiry", ""), today, future=True),
        "nationality": _words(raw.get("nationality", "")),
        "issuing_state": _words(raw["issuing_state"]),
        "sex": _words(raw["sex"]),
    }


def _standing(name: str, shape: Format) -> str:
    return name if name in shape.fields else "names"


def _confidence(zone: MrzReading, name: str, value: str, text: str) -> float:
    if name in _GUARDED:
        if not zone.checks[name] or name in zone.unclear:
            return 0.3
        return 0.99 if zone.valid and not zone.repaired else 0.85
    base = 0.9 if zone.valid else 0.6
    if name in {"surname", "given_names"} and text:
        return 0.95 if bears_out(value, text) and zone.valid else min(base, 0.75)
    return base


def _box(zone: MrzReading, span: Span, width: int) -> Box | None:
    """The part of the line the characters take: OCR-B is set at one pitch, so shares of width are shares of characters."""
    if not zone.line_boxes:
        return zone.box
    left, top, right, bottom = zone.line_boxes[span.line]
    pitch = (right - left) / width
    return int(left + span.start * pitch), top, int(left + span.end * pitch), bottom


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _iso(text: str, today: date, *, future: bool) -> str:
    """YYMMDD as an ISO date; a birth lies in the past, an expiry at most fifty years ahead. Empty where it is no date."""
    if not re.fullmatch(r"[0-9]{6}", text):
        return ""
    year = today.year // _CENTURY * _CENTURY + int(text[:2])
    if future and year > today.year + _LONGEST_VALIDITY:
        year -= _CENTURY
    if not future and (year, int(text[2:4]), int(text[4:])) > (today.year, today.month, today.day):
        year -= _CENTURY
    try:
        return date(year, int(text[2:4]), int(text[4:])).isoformat()
    except ValueError:
        return ""
