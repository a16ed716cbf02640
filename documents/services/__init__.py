"""Writes to documents."""

from documents.services.reading import store_reading
from documents.services.reviewing import (
    accept_document,
    correct_field,
    record_document_view,
    record_documents_view,
    refuse_document,
)
from documents.services.storing import add_document, store_document

__all__ = [
    "accept_document", "add_document", "correct_field", "record_document_view", "record_documents_view",
    "refuse_document", "store_document", "store_reading",
]  # fmt: skip
