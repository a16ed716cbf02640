"""Values of documents without a machine-readable zone: found by the words printed beside them."""

from collections.abc import Callable

from documents.extraction.fields.bills import bill_values
from documents.extraction.fields.found import Found, reading_of
from documents.extraction.fields.licences import licence_values
from documents.extraction.lines import Located, located
from documents.extraction.shapes import FieldReading, PageReading

_READERS: dict[str, Callable[[Located, str], list[Found]]] = {
    "invoice": bill_values, "utility_bill": bill_values, "bank_statement": bill_values,
    "driving_licence": licence_values,
}  # fmt: skip


def text_fields(document_type: str, pages: tuple[PageReading, ...]) -> list[FieldReading]:
    """The values this type is known to carry, each with the box of the words it was read from; the surest of each."""
    reader = _READERS.get(document_type)
    if reader is None:
        return []
    best: dict[str, FieldReading] = {}
    for page in pages:
        text = located(page.words)
        for found in reader(text, document_type):
            reading = reading_of(found, text, page)
            if found.name not in best or reading.confidence > best[found.name].confidence:
                best[found.name] = reading
    return list(best.values())
