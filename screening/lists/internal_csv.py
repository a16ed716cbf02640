"""Lists of one's own as CSV with a header: source_id, schema, name, then what is known. Several values: `;`."""

import csv
from pathlib import Path
from typing import Any

from screening.lists.base import (
    COMPANY,
    ORGANISATION,
    PERSON,
    ListedParty,
    ListFault,
    ListFormat,
    ParsedList,
    register_format,
)
from screening.lists.countries import country_code

_NEEDED = ("source_id", "schema", "name")
_MANY = ("aliases", "weak_aliases", "birth_dates", "countries", "id_numbers", "addresses", "programs")
_ONE = ("gender", "remarks")
_SCHEMAS = (PERSON, COMPANY, ORGANISATION)


def parse(path: Path) -> ParsedList:
    """The entries; unknown or missing columns, unknown schemas, empty names and doubled ids are faults with their line."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.DictReader(stream)
        header = reader.fieldnames or []
        faults = [ListFault(f"{path.name} line 1", f"has no column `{name}`") for name in _NEEDED if name not in header]
        known = (*_NEEDED, *_MANY, *_ONE)
        faults += [ListFault(f"{path.name} line 1", f"`{name}` is no column of this format; there are {', '.join(known)}")
                   for name in header if name not in known]  # fmt: skip
        if faults:
            return ParsedList((), tuple(faults))
        rows = [(reader.line_num, row) for row in reader]
    seen: set[str] = set()
    entries = []
    for line, row in rows:
        faults += [ListFault(f"{path.name} line {line}", told) for told in _wrong(row, seen)]
        seen.add(row["source_id"])
        entries.append(_entry(row))
    if not rows:
        faults.append(ListFault(path.name, "holds no entry"))
    return ParsedList(() if faults else tuple(entries), tuple(faults))


def _wrong(row: dict[str, str], seen: set[str]) -> list[str]:
    wrong = []
    if not (row["name"] or "").strip():
        wrong.append("has no name")
    if row["schema"] not in _SCHEMAS:
        wrong.append(f"`{row['schema']}` is no schema; one of {', '.join(_SCHEMAS)}")
    if not row["source_id"] or row["source_id"] in seen:
        wrong.append("needs a source_id of its own")
    return wrong


def _entry(row: dict[str, str]) -> ListedParty:
    many: dict[str, Any] = {
        name: tuple(part.strip() for part in (row.get(name) or "").split(";") if part.strip()) for name in _MANY
    }
    many["countries"] = tuple(code for code in map(country_code, many["countries"]) if code)
    one: dict[str, Any] = {name: (row.get(name) or "").strip() for name in _ONE}
    return ListedParty(source_id=row["source_id"], schema=row["schema"], name=row["name"].strip(), **many, **one)


register_format(ListFormat("internal_csv", "A list of one's own (CSV with a header)", "internal", parse))
