"""OFAC's advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML): parties, with names and facts told by reference.

The parts come in one order: reference values, locations, identity documents, parties, sanctions entries. Locations and
documents are kept while reading, everything else is read once.
"""

from collections import defaultdict
from pathlib import Path

from lxml import etree

from screening.lists.base import (
    AIRCRAFT,
    ORGANISATION,
    PERSON,
    VESSEL,
    ListFault,
    ListFormat,
    ParsedList,
    register_format,
    years_between,
)
from screening.lists.draft import Draft, joined, parsed
from screening.lists.xml_stream import XmlElements, all_of, text_of, texts_of

_SCHEMAS = {"individual": PERSON, "entity": ORGANISATION, "vessel": VESSEL, "aircraft": AIRCRAFT}
_ORDER = ("first name", "middle name", "patronymic", "matronymic", "maiden name", "last name")
_NUMBERS = ("digital currency address", "vessel call sign", "mmsi", "imo", "bic", "swift", "lei", "tail number")
_COUNTRIES = ("nationality country", "citizenship country", "nationality of registration", "flag")


class _Reader:
    """What is told before the parties and looked up by id."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], etree._Attrib | dict[str, str]] = {}
        self.locations: dict[str, tuple[str, str]] = {}
        self.numbers: dict[str, list[str]] = defaultdict(list)
        self.drafts: dict[str, Draft] = {}

    def value(self, kind: str, number: str | None, attribute: str = "Value") -> str:
        return str(self.values.get((kind, number or ""), {}).get(attribute, ""))

    def take(self, node: etree._Element) -> None:
        """Reads one element of any part."""
        name = etree.QName(node).localname
        if name == "ReferenceValueSets":
            for item in (item for group in node for item in group):
                told = {str(key): str(told) for key, told in item.attrib.items()} | {"Value": (item.text or "").strip()}
                self.values[etree.QName(item).localname, str(item.get("ID"))] = told
        elif name == "Location":
            self._location(node)
        elif name == "IDRegDocument":
            self.numbers[str(node.get("IdentityID"))].append(text_of(node, "IDRegistrationNo"))
        elif name == "DistinctParty":
            for profile in all_of(node, "Profile"):
                self._party(node, profile)
        elif name == "SanctionsEntry" and str(node.get("ProfileID")) in self.drafts:
            draft = self.drafts[str(node.get("ProfileID"))]
            kinds = {self.value("SanctionsType", item.get("SanctionsTypeID")): text_of(item, "Comment")
                     for item in all_of(node, "SanctionsMeasure")}  # fmt: skip
            draft.programs += [told for kind, told in kinds.items() if kind == "Program"]

    def _location(self, node: etree._Element) -> None:
        parts = texts_of(node, "LocationPart/LocationPartValue/Value")
        country = next(iter(all_of(node, "LocationCountry")), None)
        code = self.value("Country", country.get("CountryID"), "ISO2") if country is not None else ""
        self.locations[str(node.get("ID"))] = (joined(parts, ", "), code)

    def _party(self, party: etree._Element, profile: etree._Element) -> None:
        sub_type = profile.get("PartySubTypeID")
        kinds = (
            self.value("PartySubType", sub_type),
            self.value("PartyType", self.value("PartySubType", sub_type, "PartyTypeID")),
        )
        schema = next((_SCHEMAS[kind.lower()] for kind in kinds if kind.lower() in _SCHEMAS), ORGANISATION)
        draft = Draft(str(profile.get("ID")), schema, f"line {party.sourceline}")
        for identity in all_of(profile, "Identity"):
            groups = {str(item.get("ID")): self.value("NamePartType", item.get("NamePartTypeID")).lower()
                      for item in all_of(identity, "//NamePartGroup")}  # fmt: skip
            for alias in all_of(identity, "Alias"):
                _names(draft, alias, groups)
            draft.id_numbers += self.numbers.get(str(identity.get("ID")), [])
        for feature in all_of(profile, "Feature"):
            self._feature(draft, feature)
        draft.remarks.append(text_of(party, "Comment"))
        self.drafts[draft.source_id] = draft

    def _feature(self, draft: Draft, feature: etree._Element) -> None:
        kind = self.value("FeatureType", feature.get("FeatureTypeID")).lower()
        details = [self.value("DetailReference", item.get("DetailReferenceID")) or (item.text or "").strip()
                   for item in all_of(feature, "//VersionDetail")]  # fmt: skip
        places = [
            self.locations.get(str(item.get("LocationID")), ("", "")) for item in all_of(feature, "//VersionLocation")
        ]
        if kind == "birthdate":
            for period in all_of(feature, "//DatePeriod"):
                _born(draft, period)
        elif kind in _COUNTRIES or kind == "location":
            for address, code in places:
                draft.country(code)
                draft.address(address if kind == "location" else "")
        elif kind == "gender":
            draft.gendered(details[0] if details else "")
        elif kind == "title":
            draft.positions += details
        elif any(word in kind for word in _NUMBERS):
            draft.id_numbers += details


def _names(draft: Draft, alias: etree._Element, groups: dict[str, str]) -> None:
    for name in all_of(alias, "DocumentedName"):
        parts = [
            (groups.get(str(value.get("NamePartGroupID")), ""), value.text) for value in all_of(name, "//NamePartValue")
        ]
        parts.sort(key=lambda part: _ORDER.index(part[0]) if part[0] in _ORDER else len(_ORDER))
        primary = alias.get("Primary") == "true" and name.get("DocNameStatusID") in {None, "1"}
        draft.name(*(text for _, text in parts), weak=alias.get("LowQuality") == "true", first=primary)


def _born(draft: Draft, period: etree._Element) -> None:
    start, end = (_date(period, f"{part}/From") for part in ("Start", "End"))
    if start[:4] != end[:4] and start[:4].isdigit() and end[:4].isdigit():
        draft.birth_dates += years_between(start[:4], end[:4])
    else:  # a year alone is published as 1 January to 31 December of it
        draft.born(start if start == end or not end else start[:4])


def _date(period: etree._Element, path: str) -> str:
    parts = [text_of(period, f"{path}/{part}") for part in ("Year", "Month", "Day")]
    return "-".join(part.zfill(2) for part in parts if part)


def parse(path: Path) -> ParsedList:
    """The entries of the file, each with its weak aliases, identity documents and programmes."""
    elements = XmlElements(path, "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "SanctionsEntry")
    reader = _Reader()
    for node in elements:
        reader.take(node)
    if not reader.values:
        return ParsedList((), (ListFault(path.name, "has no reference values: it is no advanced XML of OFAC"),))
    return parsed(path, reader.drafts.values(), elements.doubts)


register_format(ListFormat("ofac_advanced_xml", "OFAC list (advanced XML)", "sanction", parse))
