"""Canada's consolidated autonomous sanctions list (SEMA and JVCFOA) in XML."""

import re
from pathlib import Path

from lxml import etree

from screening.lists.base import ORGANISATION, PERSON, VESSEL, ListFormat, ParsedList, register_format
from screening.lists.draft import Draft, parsed
from screening.lists.xml_stream import XmlElements, text_of

_SEVERAL = re.compile(r"\s*[;\n]\s*")
_SEVERAL_OF_A_PERSON = re.compile(r"\s*[;,\n]\s*")  # names of organisations have commas
_OR = re.compile(r"\s*(?:;|,| or )\s*", re.IGNORECASE)


def parse(path: Path) -> ParsedList:
    """The entries of the file. The list has no ids: country, schedule and item together name an entry."""
    reader = XmlElements(path, "record")
    seen: dict[str, int] = {}
    return parsed(path, (_from_node(node, seen) for node in reader), reader.doubts)


def _from_node(node: etree._Element, seen: dict[str, int]) -> Draft:
    country = text_of(node, "Country").split(" / ")[0]
    entity, ship = text_of(node, "EntityOrShip"), text_of(node, "ShipIMONumber")
    schema = VESSEL if ship else ORGANISATION if entity else PERSON
    key = f"CA-{country}-{text_of(node, 'Schedule')}-{text_of(node, 'Item')}".replace(" ", "")[:110]
    seen[key] = seen.get(key, 0) + 1
    draft = Draft(key if seen[key] == 1 else f"{key}-{seen[key]}", schema, f"line {node.sourceline}")
    draft.name(entity.split(" / ")[0] if entity else "")
    draft.name(text_of(node, "GivenName"), text_of(node, "LastName"))
    several = _SEVERAL_OF_A_PERSON if schema == PERSON else _SEVERAL
    for alias in several.split(text_of(node, "Aliases")):
        draft.name(alias)
    for text in _OR.split(text_of(node, "DateOfBirthOrShipBuildDate")):
        draft.born(text if schema == PERSON else "")
    draft.country(country)
    draft.id_numbers.append(ship)
    draft.programs.append(f"{country} {text_of(node, 'Schedule')}".strip())
    draft.positions.append(text_of(node, "TitleOrShip"))
    return draft


register_format(ListFormat("canada_sema_xml", "Canada autonomous sanctions (XML)", "sanction", parse))
