"""Reads of documents."""

from documents.selectors.alike import documents_alike
from documents.selectors.damage import Damage, damaged_documents
from documents.selectors.documents import (
    DocumentQuality,
    Outcome,
    codes_of,
    document_for,
    document_quality,
    documents_for_customer,
    field_for,
    original_of,
    outcome_of,
    outcomes_of,
    page_bytes,
    pieces_of_original,
    reasons_of,
)
from documents.selectors.facts import facts_of_document
from documents.selectors.folders import folder_receipts
from documents.selectors.review import Review, review_of
from documents.selectors.rules import rule_sets, rules_in_force

__all__ = [
    "Damage",
    "DocumentQuality",
    "Outcome",
    "Review",
    "codes_of",
    "damaged_documents",
    "document_for",
    "document_quality",
    "documents_alike",
    "documents_for_customer",
    "facts_of_document",
    "field_for",
    "folder_receipts",
    "original_of",
    "outcome_of",
    "outcomes_of",
    "page_bytes",
    "pieces_of_original",
    "reasons_of",
    "review_of",
    "rule_sets",
    "rules_in_force",
]  # fmt: skip
