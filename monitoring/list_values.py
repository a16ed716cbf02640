"""What may stand on a list: values that were pasted, came as CSV or by REST, each put right or refused with a reason."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pycountry

from monitoring.enums import ListHolds

MOST_ENTRIES, _LONGEST = 50_000, 200
_HEADERS = frozenset({"value", "code", "country", "entry", "name", "word"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass
class ReadValues:
    """`entries` are notes by value; `refused` are lines with what is wrong with them."""

    entries: dict[str, str] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)


def read_values(text: str, holds: str) -> ReadValues:
    """A value a line, or CSV whose first column is the value and whose second is a note; a header is passed over."""
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_divider(text)))
    except csv.Error as error:
        return ReadValues(refused=[(1, f"cannot be read: {error}")])
    if rows and rows[0] and _clean(rows[0][0]).lower() in _HEADERS:
        rows[0] = []
    return read_entries(((cells[0] if cells else "", cells[1] if len(cells) > 1 else "") for cells in rows), holds)


def read_entries(entries: Iterable[tuple[str, str]], holds: str) -> ReadValues:
    """Values with their notes, counted from 1; empty ones are passed over."""
    found = ReadValues()
    for line, (given, noted) in enumerate(entries, start=1):
        value, note = _clean(given), _clean(noted)[:_LONGEST]
        if not value:
            continue
        told = _country(value) if holds == ListHolds.COUNTRIES else value
        if not told:
            found.refused.append((line, f"`{value[:40]}` is no country: a code of ISO 3166-1 such as KP, or a name"))
        elif len(told) > _LONGEST:
            found.refused.append((line, f"has more than {_LONGEST} characters"))
        elif len(found.entries) >= MOST_ENTRIES:
            found.refused.append((line, f"is beyond the {MOST_ENTRIES:,} that a list holds"))
            break
        else:
            found.entries[told] = note
    return found


def _clean(text: str) -> str:
    return _CONTROL.sub("", text).strip()


def _divider(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return next((sign for sign in (";", "\t") if sign in first), ",")


def _country(value: str) -> str:
    """The alpha-2 code; empty for what is no country."""
    try:
        return str(pycountry.countries.lookup(value).alpha_2)
    except LookupError:
        return ""
