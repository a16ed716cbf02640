"""Lists of one's own as CSV with a header: source_id, schema, name, then what is known. Several values: `;`."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.words import said
from screening.lists.base import (
    SCHEMAS,
    ListedParty,
    ListFault,
    ListFormat,
    ParsedList,
    is_iso_date,
    read_text,
    register_format,
)
from screening.lists.countries import country_code

_NEEDED = ("source_id", "schema", "name")
_MANY = ("aliases", "weak_aliases", "birth_dates", "countries", "id_numbers", "addresses", "programs", "positions", "topics",
         "referents")  # fmt: skip
_ONE = ("gender", "remarks")
_LONGEST_ID, _LONGEST_NAME = 120, 500


def parse(path: Path) -> ParsedList:
    """The entries; every row that is not fit is a fault with its line: none is left out silently."""
    text = read_text(path)
    if "\0" in text:
        return ParsedList((), (ListFault(path.name, "holds null characters: save it as CSV in UTF-8"),))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        header = reader.fieldnames or []
        faults = [ListFault(f"{path.name} line 1", told) for told in _wrong_columns(header)]
        rows = [] if faults else [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        return ParsedList(
            (), (ListFault(f"{path.name} line {reader.line_num}", said("is no CSV: {error}", error=error)),)
        )
    if not rows and not faults:
        faults.append(ListFault(path.name, "holds no entry"))
    seen: set[str] = set()
    entries = []
    for line, row in rows:
        wrong = _wrong(row, seen)
        faults += [ListFault(f"{path.name} line {line}", told) for told in wrong]
        seen.add(row["source_id"])
        entries += [] if wrong else [_entry(row)]
    return ParsedList(() if faults else tuple(entries), tuple(faults))


def _wrong_columns(header: Sequence[str]) -> list[str]:
    known = (*_NEEDED, *_MANY, *_ONE)
    wrong = [f"has no column `{name}`" for name in _NEEDED if name not in header]
    return wrong + [
        f"`{name}` is no column of this format; there are {', '.join(known)}" for name in header if name not in known
    ]


def _wrong(row: dict[str, Any], seen: set[str]) -> list[str]:
    if None in row or None in row.values():
        return ["has another number of cells than the header"]
    wrong = []
    if not any(char.isalnum() for char in row["name"]) or len(row["name"]) > _LONGEST_NAME:
        wrong.append(f"needs a name with letters, of at most {_LONGEST_NAME} characters")
    if row["schema"] not in SCHEMAS:
        wrong.append(f"`{row['schema']}` is no schema; one of {', '.join(SCHEMAS)}")
    if not row["source_id"] or row["source_id"] in seen or len(row["source_id"]) > _LONGEST_ID:
        wrong.append(f"needs a source_id of its own, of at most {_LONGEST_ID} characters")
    dates, countries = _parts(row, "birth_dates"), _parts(row, "countries")
    wrong += [
        f"`{text}` is no birth date; write 1962, 1962-03 or 1962-03-01" for text in dates if not is_iso_date(text)
    ]
    return wrong + [f"`{text}` is no country name or code" for text in countries if not country_code(text)]


def _parts(row: dict[str, Any], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (row.get(column) or "").split(";") if part.strip())


def _entry(row: dict[str, Any]) -> ListedParty:
    many: dict[str, Any] = {name: _parts(row, name) for name in _MANY}
    many["countries"] = tuple(dict.fromkeys(map(country_code, many["countries"])))
    one: dict[str, Any] = {name: (row.get(name) or "").strip() for name in _ONE}
    return ListedParty(source_id=row["source_id"], schema=row["schema"], name=row["name"].strip(), **many, **one)


register_format(ListFormat("internal_csv", "A list of one's own (CSV with a header)", "internal", parse))
