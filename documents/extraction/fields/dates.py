"""Dates as printed, in figures and in words of six languages, as ISO dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from anyascii import anyascii

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan ene gen januari janvier januar", "feb fev fevr februari febbraio febrero", "mar maa mrz maerz mars maart",
            "apr avr abr april avril aprile abril", "may mai mei mag mayo maggio", "jun juin giu juni junio giugno",
            "jul juil lug juli julio luglio", "aug aout ago agosto augustus", "sep sept set septembre settembre",
            "oct okt ott octobre ottobre oktober", "nov novembre noviembre", "dec dez dic decembre dicembre dezember",
        ],
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d{2})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})[-./](?P<m2>\d{1,2})[-./](?P<y2>(?:19|20)\d{2}|\d{2})(?!\d)"
    r"|(?<!\d)(?P<d3>\d{1,2})\.?\s(?:de\s)?(?P<n3>[^\W\d_]{3,12})\.?\s?,?\s(?:de\s)?(?P<y3>(?:19|20)\d{2})(?!\d)"
    r"|\b(?P<n4>[^\W\d_]{3,12})\.?\s(?P<d4>\d{1,2})(?:st|nd|rd|th)?\s?,?\s(?P<y4>(?:19|20)\d{2})(?!\d)"
)
_MONTHS_A_YEAR = 12
_SHORT_YEAR = 2


@dataclass(frozen=True)
class PrintedDate:
    """`iso` at characters `start:end`. `doubtful` where day and month could be the other way round."""

    iso: str
    start: int
    end: int
    doubtful: bool


def dates_in(text: str, *, month_first: bool) -> Iterator[PrintedDate]:
    """Every date in `text`. `month_first` decides what 7/9/2018 means, which stays doubtful."""
    for match in _DATE.finditer(text):
        parts = {name: value for name, value in match.groupdict().items() if value}
        iso, doubtful = _iso(parts, month_first=month_first)
        if iso:
            yield PrintedDate(iso, match.start(), match.end(), doubtful)


def is_american(text: str) -> bool:
    """Whether the text writes the month first: dollars or an American postcode on it."""
    return bool(re.search(r"\$|\bUSD\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b", text))


def _iso(parts: dict[str, str], *, month_first: bool) -> tuple[str, bool]:
    if "y1" in parts:
        return _checked(parts["y1"], int(parts["m1"]), int(parts["d1"])), False
    if "y2" in parts:
        first, second = int(parts["d2"]), int(parts["m2"])
        both = max(first, second) <= _MONTHS_A_YEAR and first != second
        swapped = second > _MONTHS_A_YEAR or (both and month_first)
        day, month = (second, first) if swapped else (first, second)
        return _checked(parts["y2"], month, day), both
    kind = "3" if "n3" in parts else "4"
    name = anyascii(parts["n" + kind]).lower()
    month = _MONTHS.get(name) or _MONTHS.get(name[:4]) or _MONTHS.get(name[:3]) or 0
    return _checked(parts["y" + kind], month, int(parts["d" + kind])), False


def _checked(year: str, month: int, day: int) -> str:
    full = 2000 + int(year) if len(year) == _SHORT_YEAR else int(year)
    try:
        return date(full, month, day).isoformat()
    except ValueError:
        return ""
