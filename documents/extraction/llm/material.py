"""What a model is given of a document: the words that were read, page by page, and no word of anybody else's."""

from documents.extraction.shapes import Reading

_LONGEST = 12_000


def material_of(reading: Reading) -> str:
    """The type as rules see it and the text of the pages, cut at a length that small models bear."""
    pages = "\n\n".join(f"[page {page.number}]\n{page.text}" for page in reading.pages if page.text)
    return f"[kind of document: {reading.document_type.replace('_', ' ')}]\n{pages}"[:_LONGEST]
