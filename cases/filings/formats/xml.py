"""XML without network and without entities; schemas; a schema's errors in the words of the form."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from core.exceptions import Fault, InvalidInput
from core.words import said

_QUOTED = re.compile(r"'([^']*)'")
_LENGTH = re.compile(r"(?:maximum|minimum) length of '(\d+)'")
_TOLD = {
    "SCHEMAV_CVC_PATTERN_VALID": "is not written as the schema asks for",
    "SCHEMAV_CVC_ENUMERATION_VALID": "is none of the codes that the schema knows",
    "SCHEMAV_CVC_MINLENGTH_VALID": "is missing, and the receiver needs it",
    "SCHEMAV_ELEMENT_CONTENT": "is not complete",
    "SCHEMAV_CVC_IDC": "is there more than once",
}
_MOST = 5 * 1024 * 1024


def parser() -> Any:
    """A parser that fetches nothing, expands nothing and takes no huge trees."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def parsed(content: bytes) -> Any:
    """The root of a document from outside. Raises InvalidInput where it is not XML, or declares a document type."""
    if len(content) > _MOST:
        raise InvalidInput("The file is larger than 5 MB.")
    try:
        root = etree.fromstring(content, parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidInput("The file is not XML.") from error
    if root.getroottree().docinfo.doctype:
        raise InvalidInput("The file declares a document type; such files are not taken.")
    return root


def schema_of(content: bytes) -> Any:
    """The compiled schema. Raises InvalidInput where it is none, or takes parts from elsewhere."""
    root = parsed(content)
    foreign = root.xpath(
        "//*[local-name()='import' or local-name()='include' or local-name()='redefine']/@schemaLocation"
    )
    if foreign:
        raise InvalidInput("The schema takes parts from other files; only a single file is taken.")
    try:
        return etree.XMLSchema(root)
    except etree.XMLSchemaParseError as error:
        raise InvalidInput("The file is not an XML schema.") from error


def schema_faults(schema: Any, root: Any, places: Mapping[Any, str]) -> list[Fault]:
    """What the schema refuses in `root`, each at the form's field that its element was written from."""
    if schema.validate(root):
        return []
    by_path = {root.getroottree().getpath(element): pointer for element, pointer in places.items()}
    found = {(fault.pointer, fault.message): fault for fault in (_fault(error, by_path) for error in schema.error_log)}
    return list(found.values())


def _fault(error: Any, by_path: Mapping[str, str]) -> Fault:
    path = error.path or ""
    while path and path not in by_path:
        path = path.rpartition("/")[0]
    pointer = by_path.get(path, "")
    element = (error.path or "").rpartition("/")[2].partition("[")[0].partition(":")[2] or (
        error.path or ""
    ).rpartition("/")[2]
    if error.type_name == "SCHEMAV_CVC_MAXLENGTH_VALID":
        length = _LENGTH.search(error.message)
        told = f"is longer than the {length[1] if length else 'allowed'} characters that the receiver takes"
    elif error.type_name == "SCHEMAV_ELEMENT_CONTENT":
        told = _content(error.message)
    else:
        told = _TOLD.get(error.type_name, "is not valid")
    return Fault(pointer, told, said("in the file: {element}", element=element))


def _content(message: str) -> str:
    names = [
        name.rpartition("}")[2] for name in re.findall(r"[\w{}./]+(?=[ ,)])", message.rpartition("Expected is")[2])
    ]
    wanted = ", ".join(dict.fromkeys(name for name in names if name and name not in {"one", "of", "(", "is"}))
    return f"is not complete: {wanted} is missing" if wanted else "is not complete"


def serialised(root: Any) -> bytes:
    """The document's bytes: UTF-8 with a declaration, indented."""
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def merged(rules: Iterable[Fault], refused: Iterable[Fault]) -> tuple[Fault, ...]:
    """The rules' faults, then the schema's where no rule says the same in better words, each once."""
    rules = list(rules)
    new = [fault for fault in refused if not any(_within(rule.pointer, fault.pointer) for rule in rules)]
    return tuple(dict.fromkeys([*rules, *new]))


def _within(pointer: str, whole: str) -> bool:
    return pointer == whole or pointer.startswith(f"{whole}/")
