"""Documents, their values and how they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import Customer
from customers.selectors import of_visible_customers
from documents import store
from documents.enums import CheckOutcome, DocumentState
from documents.extraction.checks import NO_TYPE, NOT_CHECKABLE
from documents.models import Document, Field


@dataclass(frozen=True)
class DocumentQuality:
    """How many documents stand how, and in words why those that do not stand well do not."""

    total: int
    verified: int
    doubtful: int
    refused: int
    unread: int
    reasons: tuple[str, ...]


def documents_for_customer(customer: Customer) -> QuerySet[Document]:
    """The customer's documents, oldest first, with pages, values and checks."""
    return Document.objects.filter(customer=customer).prefetch_related("pages", "fields", "checks")


def original_of(document: Document) -> bytes:
    """The bytes as they arrived. Whoever hands them out records that."""
    return store.get(document.sha256)


def pieces_of_original(document: Document) -> Iterator[bytes]:
    """The bytes as they arrived, piece by piece. Whoever hands them out records that."""
    return store.pieces_of(document.sha256)


def page_bytes(image_sha256: str) -> bytes:
    """The JPEG that was rendered from a page."""
    return store.get(image_sha256)


def document_for(principal: Any, pk: object) -> Document:
    """The document with this id, if `principal` may know of it; raises NotFound."""
    rows = Document.objects.filter(of_visible_customers(principal))
    found = (
        rows.select_related("customer__party")
        .prefetch_related("pages", "fields", "checks")
        .filter(pk=parse_id(pk))
        .first()
    )
    if found is None:
        raise NotFound("There is no such document.")
    return found


def field_for(principal: Any, pk: object) -> Field:
    """The field with this id, if `principal` may know of its document; raises NotFound."""
    found = Field.objects.select_related("document").filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such value.")
    document_for(principal, found.document_id)
    return found


def document_quality(customer: Customer) -> DocumentQuality:
    """The state of all documents of a customer."""
    documents = list(documents_for_customer(customer))
    states = [document.state for document in documents]
    return DocumentQuality(
        total=len(documents),
        verified=states.count(DocumentState.VERIFIED),
        doubtful=states.count(DocumentState.DOUBTFUL),
        refused=states.count(DocumentState.REFUSED),
        unread=states.count(DocumentState.STORED),
        reasons=tuple(reason for document in documents for reason in reasons_of(document)),
    )


@dataclass(frozen=True)
class Outcome:
    """Why a document needs a person or was rejected: a code for programs, a sentence for people."""

    code: str
    sentence: str


def outcome_of(documents: Sequence[Document]) -> str:
    """What a customer's documents come to together, for the workflow: `verified`, `needs_person` or `rejected`.

    Rejected is where not one can be read; a single doubtful or refused one among others needs a person.
    """
    states = {document.state for document in documents}
    if states <= {DocumentState.VERIFIED} and states:
        return "verified"
    return "rejected" if states == {DocumentState.REFUSED} else "needs_person"


def outcomes_of(document: Document) -> list[Outcome]:
    """What keeps this document from being verified; empty where it is, or where it has not been read."""
    if document.state == DocumentState.REFUSED:
        return [Outcome(document.refusal, document.refusal_sentence)]
    if document.state != DocumentState.DOUBTFUL:
        return []
    failed = [Outcome(c.code, c.sentence) for c in document.checks.all() if c.outcome == CheckOutcome.FAILED]
    unclear = Outcome("type_unknown", NO_TYPE) if document.document_type == "unknown" else None
    return failed or [unclear or Outcome("not_checkable", NOT_CHECKABLE)]


def reasons_of(document: Document) -> list[str]:
    """Why this document is not verified, in words; empty where it is."""
    return [outcome.sentence for outcome in outcomes_of(document)]


def codes_of(document: Document) -> list[str]:
    """The same as codes."""
    return [outcome.code for outcome in outcomes_of(document)]
