"""Writes to documents."""

from documents.services.folders import note_folder_receipt
from documents.services.language import model_reader
from documents.services.reading import recheck_document, store_reading
from documents.services.reviewing import (
    accept_document,
    correct_field,
    record_document_view,
    record_documents_view,
    refuse_document,
)
from documents.services.rules import publish_rules
from documents.services.storing import add_document, store_document
from documents.services.sweeping import sweep_left_files
from documents.services.working import Worked, ocr_settings, work_on

__all__ = [
    "Worked",
    "accept_document",
    "add_document",
    "correct_field",
    "model_reader",
    "note_folder_receipt",
    "ocr_settings",
    "publish_rules",
    "recheck_document",
    "record_document_view",
    "record_documents_view",
    "refuse_document",
    "store_document",
    "store_reading",
    "sweep_left_files",
    "work_on",
]  # fmt: skip
