"""OpenSanctions: FollowTheMoney entities as JSON lines (nested or not), and `targets.simple.csv`.

Its data is licensed for non-commercial use (CC BY-NC) or by contract: Probity reads it, and ships none of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screening.lists.base import (
    AIRCRAFT,
    COMPANY,
    ORGANISATION,
    PERSON,
    VESSEL,
    WALLET,
    ListFault,
    ListFormat,
    ParsedList,
    register_format,
)
from screening.lists.draft import Draft, parsed
from screening.lists.tables import open_text, rows_of

_SCHEMAS = {"Person": PERSON, "Company": COMPANY, "Organization": ORGANISATION, "LegalEntity": ORGANISATION,
            "PublicBody": ORGANISATION, "Vessel": VESSEL, "Airplane": AIRCRAFT, "CryptoWallet": WALLET}  # fmt: skip
_NUMBERS = (
    "idNumber", "passportNumber", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "leiCode", "imoNumber", "mmsi",
    "swiftBic", "publicKey", "uniqueEntityId", "npiCode", "okpoCode", "dunsCode", "socialSecurityNumber", "callSign",
)  # fmt: skip
_HELPERS = {"Sanction": ("entity", ("program", "programId")), "Passport": ("holder", ("number", "passportNumber")),
            "Identification": ("holder", ("number",)), "Address": ("", ("full",))}  # fmt: skip
_Facts = dict[str, dict[str, list[str]]]


def parse_ftm(path: Path) -> ParsedList:
    """The persons, organisations, vessels, aircraft and wallets of the file with their sanctions, papers and addresses.

    Read twice line by line: entities beside them (sanction, passport, address) may stand before or after.
    """
    faults: list[ListFault] = []
    beside = _beside(path, faults)
    if faults:
        return ParsedList((), tuple(faults))
    return parsed(
        path, (draft for line, entity in _lines(path, faults) for draft in _from_entity(line, entity, beside))
    )


def _lines(path: Path, faults: list[ListFault]) -> Iterator[tuple[int, dict[str, Any]]]:
    with open_text(path) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                entity = json.loads(line)
                entity = entity.get("entity", entity)  # the lines of a delta file wrap theirs
                if not isinstance(entity["properties"], dict):
                    raise TypeError
                yield number, entity
            except (ValueError, KeyError, TypeError, AttributeError):
                faults.append(ListFault(f"{path.name} line {number}", "is no FollowTheMoney entity as JSON"))
                return


def _beside(path: Path, faults: list[ListFault]) -> _Facts:
    """Programmes and numbers by the entity they belong to, full addresses by their own id."""
    found: _Facts = defaultdict(lambda: defaultdict(list))
    for _, entity in _lines(path, faults):
        _take_helper(entity, found)
    return found


def _take_helper(entity: dict[str, Any], found: _Facts) -> None:
    schema = entity.get("schema", "")
    if schema not in _HELPERS:
        return
    owner, names = _HELPERS[schema]
    facts = entity["properties"]
    told = [str(value) for name in names for value in facts.get(name, [])]
    owners = (
        [item if isinstance(item, str) else item.get("id", "") for item in facts.get(owner, [])]
        if owner
        else [entity["id"]]
    )
    for key in owners:
        found[key]["number" if schema in {"Passport", "Identification"} else schema] += told


def _from_entity(line: int, entity: dict[str, Any], beside: _Facts) -> Iterator[Draft]:
    schema = _SCHEMAS.get(str(entity.get("schema")))
    if schema is None:
        return
    facts = entity["properties"]
    draft = Draft(str(entity.get("id", "")), schema, f"line {line}")
    draft.name(entity.get("caption"))
    for name in (*facts.get("name", []), *facts.get("alias", []), *facts.get("previousName", [])):
        draft.name(name)
    for name in facts.get("weakAlias", []):
        draft.name(name, weak=True)
    if schema == WALLET and not draft.names:
        draft.name(*facts.get("publicKey", [])[:1])
    for text in facts.get("birthDate", []):
        draft.born(text)
    for name in ("nationality", "citizenship", "country", "jurisdiction", "flag"):
        for code in facts.get(name, []):
            draft.country(code)
    for text in facts.get("gender", [])[:1]:
        draft.gendered(text)
    draft.id_numbers += [value for name in _NUMBERS for value in facts.get(name, []) if isinstance(value, str)]
    own = beside.get(draft.source_id, {})
    draft.id_numbers += own.get("number", [])
    draft.programs += [*facts.get("program", []), *facts.get("programId", []), *own.get("Sanction", [])]
    draft.addresses += [value for value in facts.get("address", []) if isinstance(value, str)]
    draft.positions += [value for value in facts.get("position", []) if isinstance(value, str)]
    draft.topics += facts.get("topics", [])
    draft.referents += entity.get("referents", [])
    draft.remarks += [value for value in facts.get("notes", []) if isinstance(value, str)]
    _take_nested(draft, facts, beside)
    yield draft


def _take_nested(draft: Draft, facts: dict[str, Any], beside: _Facts) -> None:
    """Sanctions, papers and addresses that are given inside the entity, or by the id of one beside it."""
    found: _Facts = defaultdict(lambda: defaultdict(list))
    for name in ("sanctions", "passportEntity", "identificationEntity", "addressEntity"):
        for item in facts.get(name, []):
            if isinstance(item, dict):
                inner = item | {
                    "properties": item.get("properties", {}) | {"entity": ["own"], "holder": ["own"]},
                    "id": "own",
                }
                _take_helper(inner, found)
            elif name == "addressEntity":
                draft.addresses += beside.get(item, {}).get("Address", [])
    draft.programs += found["own"]["Sanction"]
    draft.id_numbers += found["own"]["number"]
    draft.addresses += found["own"]["Address"]


def parse_csv(path: Path) -> ParsedList:
    """The entries of `targets.simple.csv`; several values of a cell are parted by `;`."""
    try:
        return parsed(path, (_from_row(line, row) for line, row in rows_of(path, "id", "schema", "name")))
    except ValueError as error:
        return ParsedList((), (ListFault(path.name, str(error)),))


def _from_row(line: int, row: dict[str, str]) -> Draft:
    def parts(column: str) -> list[str]:
        return [part.strip() for part in row.get(column, "").split(";") if part.strip()]

    draft = Draft(row["id"], _SCHEMAS.get(row["schema"], ORGANISATION), f"line {line}")
    for name in (row["name"], *parts("aliases")):
        draft.name(name)
    for text in parts("birth_date"):
        draft.born(text)
    for text in parts("countries"):
        draft.country(text)
    draft.addresses += parts("addresses")
    draft.id_numbers += parts("identifiers")
    draft.programs += [*parts("program_ids"), *parts("sanctions")]
    return draft


register_format(
    ListFormat("opensanctions_ftm", "OpenSanctions entities (FollowTheMoney JSON lines)", "sanction", parse_ftm)
)
register_format(ListFormat("opensanctions_csv", "OpenSanctions targets.simple.csv", "sanction", parse_csv))
