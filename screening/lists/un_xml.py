"""The United Nations Security Council consolidated list in XML."""

from pathlib import Path
from typing import Any

from lxml import etree

from screening.lists.base import (
    ORGANISATION,
    PERSON,
    ListedParty,
    ListFault,
    ListFormat,
    ParsedList,
    is_iso_date,
    register_format,
    years_between,
)
from screening.lists.countries import country_code

_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ENDS = 2


def parse(path: Path) -> ParsedList:
    """The entries of the file. A file that is not well-formed, declares entities or repeats an entry is refused with where.

    Entities are never resolved and nothing is fetched.
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
    faults = [
        ListFault(f"{path.name} line {error.line}", f"is not well-formed: {error.message}") for error in broken[:5]
    ]
    if root.getroottree().docinfo.doctype:
        faults.append(ListFault(path.name, "declares a document type, which the published list does not"))
    nodes = [(node, PERSON) for node in root.iter("INDIVIDUAL")] + [
        (node, ORGANISATION) for node in root.iter("ENTITY")
    ]
    entries = tuple(_entry(node, schema) for node, schema in nodes)
    if not broken:
        faults += _unfit(path, nodes, entries)
    return ParsedList(() if faults else entries, tuple(faults))


def _unfit(path: Path, nodes: list[tuple[Any, str]], entries: tuple[ListedParty, ...]) -> list[ListFault]:
    """Faults of an empty list and of entries without a name or a reference of their own, with their line."""
    if not entries:
        return [ListFault(path.name, "holds no entry")]
    faults, seen = [], set()
    for (node, _), entry in zip(nodes, entries, strict=True):
        where = f"{path.name} line {node.sourceline}"
        if not entry.name:
            faults.append(ListFault(where, "has no name"))
        if not entry.source_id or entry.source_id in seen:
            faults.append(ListFault(where, "needs a reference number of its own"))
        seen.add(entry.source_id)
    return faults


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
    """Birth dates as published: a day, a year, or every year of a range."""
    dates: list[str] = []
    for item in node.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        exact = _text(item, "DATE")[:10]
        years = [_text(item, part) for part in ("YEAR", "FROM_YEAR", "TO_YEAR")]
        told = [exact] if exact else [year for year in years if year]
        fit = [date for date in told if is_iso_date(date)]
        dates += years_between(*fit) if len(fit) == _ENDS and not exact else fit
    return dates


def _address(node: etree._Element) -> str:
    return ", ".join(part for part in (_text(node, part) for part in ("STREET", "CITY", "COUNTRY")) if part)


def _text(node: etree._Element, tag: str) -> str:
    return " ".join((node.findtext(tag) or "").split())


register_format(ListFormat("un_xml", "UN Security Council consolidated list (XML)", "sanction", parse))
