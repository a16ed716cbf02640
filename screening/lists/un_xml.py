"""The United Nations Security Council consolidated list in XML."""

from pathlib import Path

from lxml import etree

from screening.lists.base import ORGANISATION, PERSON, ListFault, ListFormat, ParsedList, register_format, years_between
from screening.lists.draft import Draft, parsed
from screening.lists.xml_stream import XmlElements, all_of, text_of, texts_of

_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_SCHEMAS = {"INDIVIDUAL": PERSON, "ENTITY": ORGANISATION}


def parse(path: Path) -> ParsedList:
    """The entries of the file; names of low quality are weak aliases. A file of something else is refused.

    A file that is not well-formed (as published in August 2025) is read as far as it can be, and needs an approval.
    """
    reader = XmlElements(path, *_SCHEMAS)
    found = parsed(path, map(_from_node, reader), reader.doubts)
    if reader.root not in {"CONSOLIDATED_LIST", ""}:
        told = f"holds <{reader.root}> where <CONSOLIDATED_LIST> is published"
        return ParsedList((), (ListFault(path.name, told),))
    return found


def _from_node(node: etree._Element) -> Draft:
    kind = etree.QName(node).localname
    draft = Draft(
        text_of(node, "REFERENCE_NUMBER") or text_of(node, "DATAID"), _SCHEMAS[kind], f"line {node.sourceline}"
    )
    draft.name(*(text_of(node, part) for part in _NAME_PARTS))
    for alias in all_of(node, f"{kind}_ALIAS"):
        for name in text_of(alias, "ALIAS_NAME").split(";"):
            draft.name(name, weak=text_of(alias, "QUALITY").lower() == "low")
    draft.name(text_of(node, "NAME_ORIGINAL_SCRIPT"))
    for item in all_of(node, "INDIVIDUAL_DATE_OF_BIRTH"):
        _born(draft, item)
    for text in texts_of(node, "NATIONALITY/VALUE"):
        draft.country(text)
    for address in all_of(node, f"{kind}_ADDRESS"):
        draft.country(text_of(address, "COUNTRY"))
        draft.address(*(text_of(address, part) for part in ("STREET", "CITY", "COUNTRY")))
    draft.id_numbers += texts_of(node, "INDIVIDUAL_DOCUMENT/NUMBER")
    draft.positions += texts_of(node, "DESIGNATION/VALUE")
    draft.gendered(text_of(node, "GENDER"))
    draft.programs.append(text_of(node, "UN_LIST_TYPE"))
    draft.remarks.append(text_of(node, "COMMENTS1"))
    return draft


def _born(draft: Draft, item: etree._Element) -> None:
    """A day, a year, or every year of a range, as published."""
    first, last = text_of(item, "FROM_YEAR"), text_of(item, "TO_YEAR")
    if first.isdigit() and last.isdigit():
        draft.birth_dates += years_between(first, last)
    draft.born(text_of(item, "DATE") or text_of(item, "YEAR") or first or last)


register_format(ListFormat("un_xml", "UN Security Council consolidated list (XML)", "sanction", parse))
