"""The UK sanctions list of the Foreign, Commonwealth & Development Office: CSV and XML (since 2026 the only UK list)."""

import re
from pathlib import Path

from lxml import etree

from screening.lists.base import ORGANISATION, PERSON, VESSEL, ListFormat, ParsedList, register_format
from screening.lists.draft import Draft, parsed
from screening.lists.grouped import parse_grouped
from screening.lists.xml_stream import XmlElements, all_of, text_of, texts_of

_SCHEMAS = {"individual": PERSON, "entity": ORGANISATION, "ship": VESSEL}
_GIVEN_FIRST = ("1", "2", "3", "4", "5", "6")  # Name 6 is the surname or the whole name of an entity
_NUMBER = re.compile(r"\(\d+\) ")


def parse_csv(path: Path) -> ParsedList:
    """The entries of the CSV file; a line with the report's date stands above its header."""
    return parse_grouped(path, lambda row: row.get("Unique ID", ""), _fill, ("Unique ID", "Name 6", "Name type"))


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.schema = _SCHEMAS.get(row.get("Designation Type", "").lower(), ORGANISATION)
    weak = "low" in row.get("Alias strength", "").lower()
    primary = row.get("Name type", "").lower() == "primary name"
    draft.name(*(row.get(f"Name {number}") for number in _GIVEN_FIRST), weak=weak, first=primary)
    draft.name(row.get("Name non-latin script"))
    draft.born(row.get("D.O.B"))
    for column in ("Nationality(/ies)", "Address Country"):
        for part in _NUMBER.split(row.get(column, "")):
            draft.country(part)
    draft.gendered(row.get("Gender"))
    draft.address(*(row.get(f"Address Line {number}") for number in range(1, 7)), row.get("Address Postal Code"))
    columns = ("Passport number", "National Identifier number", "Business registration number (s)", "IMO number")
    for column in columns:
        draft.id_numbers += _NUMBER.split(row.get(column, ""))
    draft.programs.append(row.get("Regime Name", ""))
    draft.positions.append(row.get("Position", ""))
    draft.remarks.append(row.get("Other Information", ""))
    draft.remarks.append(row.get("UK Statement of Reasons", ""))


def parse_xml(path: Path) -> ParsedList:
    """The entries of the XML file."""
    reader = XmlElements(path, "Designation")
    return parsed(path, map(_from_node, reader), reader.doubts)


def _from_node(node: etree._Element) -> Draft:
    kind = text_of(node, "IndividualEntityShip").lower()
    draft = Draft(text_of(node, "UniqueID"), _SCHEMAS.get(kind, ORGANISATION), f"line {node.sourceline}")
    for name in all_of(node, "Names/Name"):
        weak = "low" in text_of(name, "AliasStrength").lower()
        primary = text_of(name, "NameType").lower() == "primary name"
        draft.name(*(text_of(name, f"Name{number}") for number in _GIVEN_FIRST), weak=weak, first=primary)
    for text in texts_of(node, "//NameNonLatinScript"):
        draft.name(text)
    for text in texts_of(node, "//DOB"):
        draft.born(text)
    for text in (*texts_of(node, "//Nationality"), *texts_of(node, "//AddressCountry")):
        draft.country(text)
    draft.gendered(next(iter(texts_of(node, "//Gender")), ""))
    for address in all_of(node, "Addresses/Address"):
        draft.address(*(text_of(address, f"AddressLine{number}") for number in range(1, 7)),
                      text_of(address, "AddressPostalCode"))  # fmt: skip
    numbers = ("PassportNumber", "NationalIdentifierNumber", "BusinessRegistrationNumber", "IMONumber")
    draft.id_numbers += [text for tag in numbers for text in texts_of(node, f"//{tag}")]
    draft.programs.append(text_of(node, "RegimeName"))
    draft.positions += texts_of(node, "//Position")
    draft.remarks += [text_of(node, "OtherInformation"), text_of(node, "UKStatementofReasons")]
    return draft


register_format(ListFormat("uk_csv", "UK sanctions list (CSV)", "sanction", parse_csv))
register_format(ListFormat("uk_xml", "UK sanctions list (XML)", "sanction", parse_xml))
