"""A PDF's objects, one by one: whatever can act is found wherever it hangs, also where no page refers to it."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from documents.extraction.inspection.software import editors_named

_ACTIONS = {
    "/JavaScript": "javascript", "/Launch": "launch", "/SubmitForm": "form_submission", "/ImportData": "form_submission",
    "/GoToR": "remote", "/GoToE": "remote", "/RichMediaExecute": "rich_media", "/Rendition": "rich_media",
    "/Movie": "rich_media", "/Sound": "rich_media", "/GoTo3DView": "rich_media",
}  # fmt: skip
_ANNOTATIONS = {
    "/RichMedia": "rich_media",
    "/3D": "rich_media",
    "/Screen": "rich_media",
    "/FileAttachment": "embedded_file",
}
_KEYS = {"/JS": "javascript", "/XFA": "xfa", "/RichMediaContent": "rich_media"}
_INVOICE_DATA = ".xml"  # EN 16931: an invoice may carry itself as XML
_DEPTH = 12


def pdf_findings(content: bytes) -> dict[str, Any]:
    """`active`, `software` and `revisions` of a PDF; what cannot be parsed is not complete."""
    revisions = max(0, content.count(b"%%EOF") - 1)
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            active = {code for item in document.objects for code in _codes(item, _DEPTH)}
            software = editors_named(_metadata(document))
    except (pikepdf.PdfError, ValueError, RecursionError, AttributeError, TypeError):
        return {"active": (), "software": (), "revisions": revisions, "complete": False}
    return {"active": tuple(sorted(active)), "software": software, "revisions": revisions}


def _codes(item: Any, depth: int) -> Iterator[str]:
    """What acts in this object and in those written inside it; others are visited on their own."""
    if depth == 0:
        return
    if isinstance(item, pikepdf.Array):
        for inner in item:
            yield from _inside(inner, depth)
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    yield from (code for key, code in _KEYS.items() if key in item)
    if "/EF" in item and not str(item.get("/UF", item.get("/F", ""))).lower().endswith(_INVOICE_DATA):
        yield "embedded_file"
    yield from filter(None, (_ACTIONS.get(str(item.get("/S", ""))), _ANNOTATIONS.get(str(item.get("/Subtype", "")))))
    for key in item.keys():  # noqa: SIM118 - a stream iterates over nothing
        yield from _inside(item[key], depth)


def _inside(inner: Any, depth: int) -> Iterator[str]:
    if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
        yield from _codes(inner, depth - 1)


def _metadata(document: pikepdf.Pdf) -> str:
    return " ".join(str(document.docinfo.get(key, "")) for key in ("/Creator", "/Producer"))
