"""The European Union's consolidated financial sanctions list (FSF): XML 1.1, and CSV 1.0 and 1.1."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from screening.lists.base import ORGANISATION, PERSON, ListFormat, ParsedList, register_format, years_between
from screening.lists.draft import Draft, joined, parsed
from screening.lists.grouped import parse_grouped
from screening.lists.xml_stream import XmlElements, all_of, text_of

_COLUMNS = {  # CSV 1.1 → the names of CSV 1.0
    "Entity_LogicalId": "Entity_logical_id", "Entity_EU_ReferenceNumber": "EU_ref_num", "Entity_Remark": "Entity_remark",
    "Entity_SubjectType": "Subject_type", "Entity_Regulation_Programme": "Programme",
    "NameAlias_WholeName": "Naal_wholename", "NameAlias_FirstName": "Naal_firstname",
    "NameAlias_MiddleName": "Naal_middlename", "NameAlias_LastName": "Naal_lastname",
    "NameAlias_Gender": "Naal_gender", "NameAlias_Function": "Naal_function", "Address_Street": "Addr_street",
    "Address_City": "Addr_city", "Address_ZipCode": "Addr_zipcode", "Address_CountryIso2Code": "Addr_country",
    "BirthDate_BirthDate": "Birt_date", "BirthDate_Year": "Birt_year", "Identification_Number": "Iden_number",
    "Citizenship_CountryIso2Code": "Citi_country",
}  # fmt: skip


def parse_xml(path: Path) -> ParsedList:
    """The entries of the XML file; `strong="false"` names are weak aliases."""
    reader = XmlElements(path, "sanctionEntity")
    return parsed(path, map(_from_node, reader), reader.doubts)


def _from_node(node: etree._Element) -> Draft:
    person = any(item.get("classificationCode") == "P" for item in all_of(node, "subjectType"))
    draft = Draft(node.get("euReferenceNumber") or f"EU-{node.get('logicalId')}", PERSON if person else ORGANISATION,
                  f"line {node.sourceline}")  # fmt: skip
    for item in all_of(node, "nameAlias"):
        whole = item.get("wholeName") or joined(item.get(part) for part in ("firstName", "middleName", "lastName"))
        draft.name(whole, weak=item.get("strong") == "false")
        draft.gendered(item.get("gender"))
        draft.positions.append(item.get("function") or "")
    for item in all_of(node, "birthdate"):
        first, last = item.get("yearRangeFrom"), item.get("yearRangeTo")
        if first and last and first.isdigit() and last.isdigit():
            draft.birth_dates += years_between(first, last)
        draft.born(item.get("birthdate") or item.get("year"))
    for item in (*all_of(node, "citizenship"), *all_of(node, "address")):
        draft.country(_known(item.get("countryIso2Code")))
    for item in all_of(node, "address"):
        draft.address(*(item.get(part) for part in ("street", "zipCode", "city", "countryDescription")))
    for item in all_of(node, "identification"):
        if item.get("knownFalse") != "true":
            draft.id_numbers.append(item.get("latinNumber") or item.get("number") or "")
    draft.programs += [item.get("programme") or "" for item in all_of(node, "regulation")]
    draft.remarks.append(text_of(node, "remark"))
    return draft


def parse_csv(path: Path) -> ParsedList:
    """The entries of the CSV file, one row a name, address or birth date of an entity."""
    return parse_grouped(path, _key, _fill, ("Entity_LogicalId",), ("Entity_logical_id",), delimiter=";")


def _key(row: dict[str, str]) -> str:
    return _cell(row, "Entity_EU_ReferenceNumber") or f"EU-{_cell(row, 'Entity_LogicalId')}"


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.schema = PERSON if _cell(row, "Entity_SubjectType")[:1].upper() == "P" else ORGANISATION
    parts = (_cell(row, f"NameAlias_{part}Name") for part in ("First", "Middle", "Last"))
    draft.name(_cell(row, "NameAlias_WholeName") or joined(parts))
    draft.gendered(_cell(row, "NameAlias_Gender"))
    draft.positions.append(_cell(row, "NameAlias_Function"))
    draft.born(_cell(row, "BirthDate_BirthDate") or _cell(row, "BirthDate_Year"))
    draft.country(_known(_cell(row, "Citizenship_CountryIso2Code")))
    draft.country(_known(_cell(row, "Address_CountryIso2Code")))
    draft.address(*(_cell(row, f"Address_{part}") for part in ("Street", "ZipCode", "City")))
    draft.id_numbers.append(_cell(row, "Identification_Number"))
    draft.programs.append(_cell(row, "Entity_Regulation_Programme"))
    draft.remarks.append(_cell(row, "Entity_Remark"))


def _cell(row: dict[str, str], name: str) -> str:
    return row.get(name) or row.get(_COLUMNS.get(name, ""), "")


def _known(code: str | None) -> str:
    return "" if code in {None, "00"} else str(code)


def _formats() -> Iterator[ListFormat]:
    yield ListFormat("eu_fsf_xml", "EU consolidated financial sanctions (XML)", "sanction", parse_xml)
    yield ListFormat("eu_fsf_csv", "EU consolidated financial sanctions (CSV)", "sanction", parse_csv)


for _format in _formats():
    register_format(_format)
