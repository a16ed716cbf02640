"""XML element by element: nothing fetched, no document type, no entity resolved, each element forgotten after its use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from monitoring.intake.opening import HEAD, opened, unreadable

_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
    "remove_pis": True,
}  # fmt: skip


def elements(path: Path, *names: str) -> Iterator[Any]:
    """The elements of these local names, whatever their namespace, in the order in which they end.

    The caller drops what it has used: `forget`. Raises InvalidInput for what is no XML or declares a document type.
    """
    with opened(path) as head:
        if b"<!DOCTYPE" in head.read(HEAD):
            raise unreadable("declares a document type, which no message of this kind does")
    with opened(path) as stream:
        try:
            for _, node in etree.iterparse(stream, events=("end",), tag=[f"{{*}}{name}" for name in names], **_SAFE):
                yield node
        except etree.XMLSyntaxError as error:
            raise unreadable(f"is not well-formed XML: line {error.lineno}: {error.msg}") from error


def forget(node: Any) -> None:
    """Frees an element and what came before it beside it."""
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]


def at(node: Any, *paths: str) -> Any:
    """The first element that one of the paths of local names leads to (`Dbtr/Nm`), or None."""
    for path in paths:
        found = node.find("/".join(f"{{*}}{name}" for name in path.split("/"))) if node is not None else None
        if found is not None:
            return found
    return None


def said(node: Any, *paths: str) -> str:
    """The text of the first of the paths that has any."""
    for path in paths:
        found = at(node, path)
        if found is not None and (found.text or "").strip():
            return str(found.text).strip()
    return ""
