"""A stored document as the pure checks take it."""

from documents.extraction.checks import DocumentFacts
from documents.extraction.shapes import FieldReading, PageReading, Word, inspection_from_json, mrz_from_json
from documents.models import Document, Field, Page


def facts_of_document(document: Document, *, with_words: bool = True) -> DocumentFacts:
    """Its values as they stand, with corrections. Without words it is enough to compare values with."""
    pages = [_page(page) for page in document.pages.all()] if with_words else []
    return DocumentFacts(
        document_type=document.document_type,
        fields=tuple(_field(item) for item in document.fields.all()),
        zone=mrz_from_json(document.mrz) if document.mrz else None,
        pages=tuple(pages),
        inspection=inspection_from_json(document.inspection),
    )


def _field(item: Field) -> FieldReading:
    box = tuple(item.box) if item.box else None
    return FieldReading(item.name, item.value, float(item.confidence), item.source, item.page, box)


def _page(page: Page) -> PageReading:
    words = tuple(
        Word(text, confidence, (left, top, right, bottom)) for text, confidence, left, top, right, bottom in page.words
    )
    return PageReading(page.number, page.width, page.height, page.text, page.source, "", words)
