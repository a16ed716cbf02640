"""The United Nations Security Council consolidated list in XML."""

from pathlib import Path

from lxml import etree

from screening.lists.base import ORGANISATION, PERSON, ListedParty, ListFault, ListFormat, ParsedList, register_format
from screening.lists.countries import country_code

_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def parse(path: Path) -> ParsedList:
    """The entries of the file. A file that is not well-formed is recovered as far as it goes and refused with where.

    External entities are never resolved and nothing is fetched.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        return ParsedList((), (ListFault(f"{path.name} line {error.lineno}", f"is no XML: {error.msg}"),))
    broken = [error for error in parser.error_log if error.level_name in {"ERROR", "FATAL"}]
    if root is None or root.tag != "CONSOLIDATED_LIST":
        found = "nothing" if root is None else f"<{root.tag}>"
        return ParsedList((), (ListFault(path.name, f"holds {found} where <CONSOLIDATED_LIST> is published"),))
    entries = tuple(_entry(node, PERSON) for node in root.iter("INDIVIDUAL"))
    entries += tuple(_entry(node, ORGANISATION) for node in root.iter("ENTITY"))
    faults = tuple(
        ListFault(f"{path.name} line {error.line}", f"is not well-formed: {error.message}") for error in broken[:5]
    )
    if not entries and not faults:
        faults = (ListFault(path.name, "holds no entry"),)
    return ParsedList(entries, faults)


def _entry(node: etree._Element, schema: str) -> ListedParty:
    kind = "INDIVIDUAL" if schema == PERSON else "ENTITY"
    aliases: dict[bool, list[str]] = {True: [], False: []}
    for alias in node.iterfind(f"{kind}_ALIAS"):
        weak = _text(alias, "QUALITY").lower() == "low"
        aliases[weak] += [name.strip() for name in _text(alias, "ALIAS_NAME").split(";") if name.strip()]
    original = _text(node, "NAME_ORIGINAL_SCRIPT")
    strong = [*aliases[False], *([original] if original else [])]
    nations = [value.text or "" for value in node.iterfind("NATIONALITY/VALUE")]
    nations += [_text(address, "COUNTRY") for address in node.iterfind(f"{kind}_ADDRESS")]
    return ListedParty(
        source_id=_text(node, "REFERENCE_NUMBER") or _text(node, "DATAID"),
        schema=schema,
        name=" ".join(part for part in (_text(node, part) for part in _NAME_PARTS) if part),
        aliases=tuple(dict.fromkeys(strong)),
        weak_aliases=tuple(dict.fromkeys(aliases[True])),
        birth_dates=tuple(dict.fromkeys(_dates(node))),
        countries=tuple(dict.fromkeys(code for code in map(country_code, nations) if code)),
        id_numbers=tuple(
            dict.fromkeys(
                _text(item, "NUMBER") for item in node.iterfind("INDIVIDUAL_DOCUMENT") if _text(item, "NUMBER")
            )
        ),
        addresses=tuple(dict.fromkeys(_address(item) for item in node.iterfind(f"{kind}_ADDRESS") if _address(item))),
        gender=_text(node, "GENDER").lower(),
        programs=(_text(node, "UN_LIST_TYPE"),),
        remarks=_text(node, "COMMENTS1"),
    )


def _dates(node: etree._Element) -> list[str]:
    """Birth dates as published: a day, a year, or both ends of a range of years."""
    dates = []
    for item in node.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        exact = _text(item, "DATE")[:10]
        years = [_text(item, part) for part in ("YEAR", "FROM_YEAR", "TO_YEAR")]
        dates += [exact] if exact else [year for year in years if year]
    return dates


def _address(node: etree._Element) -> str:
    return ", ".join(part for part in (_text(node, part) for part in ("STREET", "CITY", "COUNTRY")) if part)


def _text(node: etree._Element, tag: str) -> str:
    return " ".join((node.findtext(tag) or "").split())


register_format(ListFormat("un_xml", "UN Security Council consolidated list (XML)", "sanction", parse))
