"""Values of documents without a machine-readable zone: by their labels, by where they stand, by how they are written."""

from collections.abc import Iterator
from dataclasses import replace

from documents.extraction.fields.bills import bill_values
from documents.extraction.fields.found import reading_of
from documents.extraction.fields.labelled import labelled_values
from documents.extraction.fields.licences import licence_values
from documents.extraction.fields.owners import owner_values
from documents.extraction.fields.parties import addressee, sender
from documents.extraction.lines import located
from documents.extraction.shapes import FieldReading, PageReading

_WITH_SENDER = frozenset({"invoice", "utility_bill", "bank_statement", "payslip"})
_WITH_ADDRESSEE = frozenset({"utility_bill", "bank_statement"})
_BY_PATTERN = {
    "invoice": bill_values, "utility_bill": bill_values, "bank_statement": bill_values, "driving_licence": licence_values,
}  # fmt: skip
_NOT_OF = {"utility_bill": frozenset({"total", "invoice_number"}), "bank_statement": frozenset({"currency"})}
_NEAR, _RIVALLED = 0.15, 0.7
_SENDER_IS = {"payslip": "employer"}


def text_fields(document_type: str, pages: tuple[PageReading, ...]) -> list[FieldReading]:
    """The values this type is known to carry, each with the box of the words it was read from; the surest of each."""
    found: dict[str, list[FieldReading]] = {}
    for page in pages:
        for reading in _values(document_type, page):
            found.setdefault(reading.name, []).append(reading)
    left_out = _NOT_OF.get(document_type, frozenset())
    return [_surest(readings) for name, readings in found.items() if name not in left_out]


def _surest(readings: list[FieldReading]) -> FieldReading:
    """The surest reading; less sure where another way of looking, about as sure, found something else."""
    best = max(readings, key=lambda reading: reading.confidence)
    rival = any(other.value != best.value and other.confidence > best.confidence - _NEAR for other in readings)
    return replace(best, confidence=min(best.confidence, _RIVALLED)) if rival else best


def _values(kind: str, page: PageReading) -> Iterator[FieldReading]:
    yield from labelled_values(kind, page)
    if kind in _BY_PATTERN:
        text = located(page.words)
        yield from (reading_of(found, text, page) for found in _BY_PATTERN[kind](text, kind))
    sent_by = sender(page) if kind in _WITH_SENDER and page.number == 1 else None
    if sent_by is not None:
        name = _SENDER_IS.get(kind, sent_by.name)
        yield FieldReading(name, sent_by.value, sent_by.confidence, sent_by.source, sent_by.page, sent_by.box)
    if kind in _WITH_ADDRESSEE:
        yield from addressee(page, sent_by.value if sent_by else "")
    if kind == "ownership_register":
        yield from owner_values(page)
