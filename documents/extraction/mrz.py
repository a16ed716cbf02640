"""Machine-readable zones (ICAO Doc 9303): formats, check digits, and careful repair of what OCR confuses."""

import re
from dataclasses import dataclass
from datetime import date

from documents.extraction.shapes import FieldReading, MrzReading

_WEIGHTS = (7, 3, 1)
_TO_DIGIT = str.maketrans("OQDIZSBG", "00012586")
_TO_LETTER = str.maketrans("01258", "OIZSB")
_CENTURY = 100
_CODES = "PVIAC"  # ICAO 9303: passports, visas, and identity documents of three letters


@dataclass(frozen=True)
class _Span:
    """Characters `start:end` of line `line` (both from 0)."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Format:
    """Where a format keeps its fields and check digits. `digits` are spans that hold only digits (and fillers)."""

    name: str
    lines: int
    width: int
    fields: dict[str, _Span]
    checks: dict[str, tuple[tuple[_Span, ...], _Span]]
    digits: tuple[_Span, ...]


def _td3(name: str, *, composite: bool) -> Format:
    fields = {
        "names": _Span(0, 5, 44), "issuing_state": _Span(0, 2, 5), "document_number": _Span(1, 0, 9),
        "nationality": _Span(1, 10, 13), "date_of_birth": _Span(1, 13, 19), "sex": _Span(1, 20, 21),
        "date_of_expiry": _Span(1, 21, 27),
    }  # fmt: skip
    checks = _common_checks(1, 9, 19, 27)
    if composite:
        checks["optional"] = ((_Span(1, 28, 42),), _Span(1, 42, 43))
        checks["composite"] = ((_Span(1, 0, 10), _Span(1, 13, 20), _Span(1, 21, 43)), _Span(1, 43, 44))
    digits = (_Span(1, 9, 10), _Span(1, 13, 20), _Span(1, 21, 28)) + ((_Span(1, 42, 44),) if composite else ())
    return Format(name, 2, 44, fields, checks, digits)


def _td2(name: str, *, composite: bool) -> Format:
    fields = {
        "names": _Span(0, 5, 36), "issuing_state": _Span(0, 2, 5), "document_number": _Span(1, 0, 9),
        "nationality": _Span(1, 10, 13), "date_of_birth": _Span(1, 13, 19), "sex": _Span(1, 20, 21),
        "date_of_expiry": _Span(1, 21, 27),
    }  # fmt: skip
    checks = _common_checks(1, 9, 19, 27)
    if composite:
        checks["composite"] = ((_Span(1, 0, 10), _Span(1, 13, 20), _Span(1, 21, 35)), _Span(1, 35, 36))
    digits = (_Span(1, 9, 10), _Span(1, 13, 20), _Span(1, 21, 28)) + ((_Span(1, 35, 36),) if composite else ())
    return Format(name, 2, 36, fields, checks, digits)


def _td1() -> Format:
    fields = {
        "names": _Span(2, 0, 30), "issuing_state": _Span(0, 2, 5), "document_number": _Span(0, 5, 14),
        "nationality": _Span(1, 15, 18), "date_of_birth": _Span(1, 0, 6), "sex": _Span(1, 7, 8),
        "date_of_expiry": _Span(1, 8, 14),
    }  # fmt: skip
    checks = {
        "document_number": ((_Span(0, 5, 14),), _Span(0, 14, 15)),
        "date_of_birth": ((_Span(1, 0, 6),), _Span(1, 6, 7)),
        "date_of_expiry": ((_Span(1, 8, 14),), _Span(1, 14, 15)),
        "composite": ((_Span(0, 5, 30), _Span(1, 0, 7), _Span(1, 8, 15), _Span(1, 18, 29)), _Span(1, 29, 30)),
    }
    return Format("TD1", 3, 30, fields, checks, (_Span(0, 14, 15), _Span(1, 0, 7), _Span(1, 8, 15), _Span(1, 29, 30)))


def _common_checks(line: int, number: int, birth: int, expiry: int) -> dict[str, tuple[tuple[_Span, ...], _Span]]:
    return {
        "document_number": ((_Span(line, 0, number),), _Span(line, number, number + 1)),
        "date_of_birth": ((_Span(line, birth - 6, birth),), _Span(line, birth, birth + 1)),
        "date_of_expiry": ((_Span(line, expiry - 6, expiry),), _Span(line, expiry, expiry + 1)),
    }


TD1, TD2, TD3 = _td1(), _td2("TD2", composite=True), _td3("TD3", composite=True)
MRV_A, MRV_B = _td3("MRV-A", composite=False), _td2("MRV-B", composite=False)


def check_digit(text: str) -> str:
    """The check digit of `text` (ICAO 9303-3, 4.9): weights 7, 3, 1; digits as they are, letters from 10, filler 0."""
    return str(sum(_value(char) * _WEIGHTS[index % 3] for index, char in enumerate(text)) % 10)


def format_of(lines: list[str]) -> Format | None:
    """The format that the number of lines, their width and the first letter say; None where none fits."""
    if len(lines) == TD1.lines:
        return TD1
    if len(lines) != TD2.lines:
        return None
    visa = lines[0].startswith("V")
    if max(len(line) for line in lines) > (TD2.width + TD3.width) // 2:
        return MRV_A if visa else TD3
    return MRV_B if visa else TD2


def candidate_lines(text: str) -> list[list[str]]:
    """Groups of two or three neighbouring lines of OCR text that look like a zone, the likeliest last."""
    cleaned = [
        re.sub(r"[^A-Z0-9<]", "", line.upper().replace("«", "<<").replace(" ", "")) for line in text.splitlines()
    ]
    lines = [line for line in cleaned if _looks_like_mrz(line)]
    groups = [lines[index : index + 3] for index in range(len(lines) - 2)]
    groups = [group for group in groups if all(len(line) <= TD1.width + 3 for line in group)]
    return groups + [lines[index : index + 2] for index in range(len(lines) - 1)]


def read_zone(lines: list[str], page: int = 1) -> MrzReading | None:
    """The zone in `lines` with every check digit's outcome; None where the lines are of no format."""
    shape = format_of(lines)
    if shape is None:
        return None
    fitted = [_fit(line, shape.width) for line in lines]
    ruled = _by_position(fitted, shape)
    checks = {name: _fits(ruled, parts, digit) for name, (parts, digit) in shape.checks.items()}
    return MrzReading(tuple(ruled), shape.name, checks, ruled != fitted, page)


def best_zone(text: str, page: int = 1) -> MrzReading | None:
    """The zone in a page's OCR text with the most check digits that fit; None where nothing looks like one."""
    zones = [zone for group in candidate_lines(text) if (zone := read_zone(group, page)) is not None]
    return max(filter(is_credible, zones), key=lambda zone: sum(zone.checks.values()), default=None)


def is_credible(zone: MrzReading) -> bool:
    """True for a zone, False for other text in capitals: a document code, a name separator, and two digits that fit."""
    return zone.lines[0][0] in _CODES and any("<<" in line for line in zone.lines) and sum(zone.checks.values()) > 1


def zone_fields(zone: MrzReading, today: date) -> list[FieldReading]:
    """The values in a zone. A value whose own check digit fails has a confidence of 0.3; unchecked ones have 0.8."""
    shape = {"TD1": TD1, "TD2": TD2, "TD3": TD3, "MRV-A": MRV_A, "MRV-B": MRV_B}[zone.format]
    raw = {name: zone.lines[span.line][span.start : span.end] for name, span in shape.fields.items()}
    surname, _, given = raw.pop("names").partition("<<")
    values = {"surname": _words(surname), "given_names": _words(given)}
    values |= {name: _words(value) for name, value in raw.items()}
    values["document_number"] = raw["document_number"].replace("<", "")
    values["date_of_birth"] = _iso(raw["date_of_birth"], today, future=False)
    values["date_of_expiry"] = _iso(raw["date_of_expiry"], today, future=True)
    composite = zone.checks.get("composite", True)
    readings = [
        FieldReading(name, value, _confidence(zone, name, composite=composite), "mrz", zone.page, zone.box)
        for name, value in values.items()
    ]
    return [reading for reading in readings if reading.value]


def _confidence(zone: MrzReading, name: str, *, composite: bool) -> float:
    if name not in zone.checks:
        return 0.9 if composite and all(zone.checks.values()) else 0.7
    if not zone.checks[name]:
        return 0.3
    return 0.99 if composite and not zone.repaired else 0.85


def _looks_like_mrz(line: str) -> bool:
    return TD1.width - 3 <= len(line) <= TD3.width + 4 and ("<" in line or sum(char.isdigit() for char in line) >= 8)


def _fit(line: str, width: int) -> str:
    """The line at the format's width: a run of trailing fillers is stretched or cut, nothing else is invented."""
    if len(line) < width and "<<" in line:
        at = line.rindex("<<")
        return line[:at] + "<" * (width - len(line)) + line[at:]
    return line[:width].ljust(width, "<")


def _by_position(lines: list[str], shape: Format) -> list[str]:
    """Letters where only digits can stand become digits, digits in names become letters: OCR's own confusions."""
    grid = [list(line) for line in lines]
    for span in shape.digits:
        grid[span.line][span.start : span.end] = "".join(grid[span.line][span.start : span.end]).translate(_TO_DIGIT)
    for name in ("names", "issuing_state", "nationality"):
        span = shape.fields[name]
        grid[span.line][span.start : span.end] = "".join(grid[span.line][span.start : span.end]).translate(_TO_LETTER)
    return ["".join(row) for row in grid]


def _fits(lines: list[str], parts: tuple[_Span, ...], digit: _Span) -> bool:
    printed = lines[digit.line][digit.start]
    body = "".join(lines[part.line][part.start : part.end] for part in parts)
    return printed == check_digit(body) or (printed == "<" and not body.strip("<"))


def _value(char: str) -> int:
    return 0 if char == "<" else int(char, 36)


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _iso(text: str, today: date, *, future: bool) -> str:
    """YYMMDD as an ISO date; a birth lies in the past, an expiry at most fifty years ahead. Empty where it is no date."""
    if not re.fullmatch(r"\d{6}", text):
        return ""
    year = today.year // _CENTURY * _CENTURY + int(text[:2])
    if future and year > today.year + 50:
        year -= _CENTURY
    if not future and (year, int(text[2:4]), int(text[4:])) > (today.year, today.month, today.day):
        year -= _CENTURY
    try:
        return date(year, int(text[2:4]), int(text[4:])).isoformat()
    except ValueError:
        return ""
