"""The United States' consolidated screening list of the International Trade Administration: CSV and JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.words import said
from screening.lists.base import (
    AIRCRAFT,
    ORGANISATION,
    PERSON,
    VESSEL,
    ListFault,
    ListFormat,
    ParsedList,
    register_format,
)
from screening.lists.draft import Draft, parsed
from screening.lists.tables import open_text, rows_of

_SCHEMAS = {"individual": PERSON, "vessel": VESSEL, "aircraft": AIRCRAFT}


def parse_csv(path: Path) -> ParsedList:
    """The entries of the CSV file; several values of a cell are parted by `; `."""
    try:
        return parsed(path, (_from_row(line, row) for line, row in rows_of(path, "_id", "source", "name")))
    except ValueError as error:
        return ParsedList((), (ListFault(path.name, str(error)),))


def _from_row(line: int, row: dict[str, str]) -> Draft:
    many = {name: [part for part in row.get(name, "").split("; ") if part] for name in row}
    ids = [number.split(", ") for number in many.get("ids", [])]
    return _draft(row, many, f"line {line}", [parts[1] if len(parts) > 1 else parts[0] for parts in ids])


def parse_json(path: Path) -> ParsedList:
    """The entries of the JSON file (`results`)."""
    try:
        with open_text(path) as stream:
            rows = json.load(stream)["results"]
    except (ValueError, KeyError, TypeError) as error:
        return ParsedList((), (ListFault(path.name, said("is no JSON with `results`: {error}", error=error)),))
    return parsed(path, _from_records(rows))


def _from_records(rows: list[dict[str, Any]]) -> Iterator[Draft]:
    for number, row in enumerate(rows, start=1):
        one = {name: str(value) for name, value in row.items() if isinstance(value, str | int)}
        one["_id"] = one.get("_id") or one.get("id", "")
        many = {
            name: [item for item in value if isinstance(item, str)]
            for name, value in row.items()
            if isinstance(value, list)
        }
        draft = _draft(one, many, f"entry {number}", [str(item.get("number") or "") for item in row.get("ids") or []])
        for address in row.get("addresses") or []:
            draft.address(*(address.get(part) for part in ("address", "city", "postal_code")))
            draft.country(address.get("country"))
        yield draft


def _draft(one: dict[str, str], many: dict[str, list[str]], where: str, numbers: list[str]) -> Draft:
    draft = Draft(one.get("_id", ""), _SCHEMAS.get(one.get("type", "").lower(), ORGANISATION), where)
    draft.name(_turned(one.get("name", "")) if draft.schema == PERSON else one.get("name"))
    for alias in many.get("alt_names", []):
        draft.name(_turned(alias) if draft.schema == PERSON else alias)
    for text in many.get("dates_of_birth", []):
        draft.born(text)
    for text in (*many.get("nationalities", []), *many.get("citizenships", [])):
        draft.country(text)
    draft.id_numbers += [*numbers, one.get("call_sign", "")]
    draft.addresses += many.get("addresses", [])
    draft.programs += [*many.get("programs", []), one.get("source", "")]
    draft.positions.append(one.get("title", ""))
    draft.remarks.append(one.get("remarks", ""))
    return draft


def _turned(name: str) -> str:
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


register_format(ListFormat("us_csl_csv", "US consolidated screening list (CSV)", "sanction", parse_csv))
register_format(ListFormat("us_csl_json", "US consolidated screening list (JSON)", "sanction", parse_json))
