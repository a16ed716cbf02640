"""Writes to documents."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.clock import now, today
from core.exceptions import Conflict, Fault, InvalidInput
from customers.models import Customer
from customers.selectors import parties_of_customer
from documents import actions, store
from documents.enums import DocumentState, FieldSource
from documents.extraction.checks import FormFacts, check_document, is_verified
from documents.extraction.limits import MAX_BYTES
from documents.extraction.shapes import MrzReading, Reading, mrz_from_json
from documents.models import Check, Document, Field, Page
from documents.signals import document_read, document_stored
from workflows.services import start_run

_ENOUGH_REASON = 3


@transaction.atomic
def store_document(
    *, customer: Customer, content: bytes, filename: str, by: Actor, declared_type: str = "", stream: str = ""
) -> Document:
    """Keeps a file as it came; reading it is a worker's job. The same bytes again are the document that is there.

    Side effects: the file in the content store, the document, an audit entry, `document_stored`. Raises InvalidInput
    above 20 MB; whatever else the bytes are, they are kept and reading says what is wrong with them.
    """
    if len(content) > MAX_BYTES:
        limit = f"at most {MAX_BYTES // 1024**2} MB"
        raise InvalidInput("The file is too large.", [Fault("/documents", "is too large", limit)])
    digest = store.put(content)
    document, created = Document.objects.get_or_create(
        customer=customer, sha256=digest,
        defaults={"filename": Path(filename).name[:200], "size": len(content), "declared_type": declared_type},
    )  # fmt: skip
    if created:
        document_stored.send(Document, document_id=document.pk, customer_id=customer.pk)
        after = {"size": len(content), "sha256": digest}
        record(
            actions.STORED, by=by, object_type="document", object_id=document.pk, stream=stream, after=after,
            personal={"filename": document.filename}, subject_id=customer.pk,
        )  # fmt: skip
    return document


@transaction.atomic
def add_document(*, customer: Customer, content: bytes, filename: str, by: Actor) -> Document:
    """A document that arrives after onboarding: stored, and a run of its own reads it.

    Side effects: those of `store_document`, and a run with the trigger `document_uploaded` where it is unread.
    """
    document = store_document(customer=customer, content=content, filename=filename, by=by)
    if document.state == DocumentState.STORED:
        inputs: dict[str, object] = {"customer_id": str(customer.pk)}
        start_run(
            trigger="document_uploaded", subject_type="document", subject_id=document.pk, inputs=inputs,
            stream=f"document:{document.pk}", by=by,
        )  # fmt: skip
    return document


@transaction.atomic
def store_reading(*, document: Document, reading: Reading, images: dict[str, str], by: Actor, stream: str = "") -> None:
    """Keeps what was read, and checks it against the form. `images` maps page image names to stored digests.

    Side effects: pages, values and checks, the document's type and state, `document_read`, an audit entry. A document
    that another run has read meanwhile is left as it is: a person may have corrected it since.
    """
    if Document.objects.select_for_update().get(pk=document.pk).state != DocumentState.STORED:
        return
    document.media_type, document.refusal = reading.media_type, reading.refusal
    document.document_type, document.type_reasons = reading.document_type, list(reading.type_reasons)
    document.type_confidence = _two_digits(reading.type_confidence)
    document.warnings = list(reading.warnings)
    document.mrz = {**vars(reading.mrz), "valid": reading.mrz.valid} if reading.mrz else None
    document.read_at = now()
    _write_pages(document, reading, images)
    Field.objects.bulk_create(
        Field(
            document=document, name=item.name, value=item.value[:500], confidence=_two_digits(item.confidence),
            source=item.source, page=item.page, box=item.box,
        )
        for item in reading.fields
    )  # fmt: skip
    _check(document)
    document_read.send(Document, document_id=document.pk, customer_id=document.customer_id)
    after = {"document_type": document.document_type, "state": document.state, "refusal": document.refusal}
    record(actions.READ, by=by, object_type="document", object_id=document.pk, stream=stream, after=after)


def _write_pages(document: Document, reading: Reading, images: dict[str, str]) -> None:
    Page.objects.bulk_create(
        Page(
            document=document, number=page.number, width=page.width, height=page.height, text=page.text,
            source=page.source, image_sha256=images[page.image],
            words=[[word.text, round(word.confidence, 2), *word.box] for word in page.words],
        )
        for page in reading.pages
    )  # fmt: skip


def _check(document: Document) -> None:
    """Runs every check on the values as they stand, and sets the document's state by them."""
    document.checks.all().delete()
    if document.refusal:
        document.state = DocumentState.REFUSED
    else:
        values = dict(document.fields.values_list("name", "value"))
        text = "\n".join(document.pages.values_list("text", flat=True))
        form = _form(document.customer)
        results = check_document(document.document_type, values, _zone(document), form, today(), text)
        Check.objects.bulk_create(
            Check(document=document, code=result.code, outcome=result.outcome, sentence=result.sentence)
            for result in results
        )
        verified = is_verified(document.document_type, results)
        document.state = DocumentState.VERIFIED if verified else DocumentState.DOUBTFUL
    document.claim_version()
    document.save()


def _zone(document: Document) -> MrzReading | None:
    return mrz_from_json(document.mrz) if document.mrz else None


def _form(customer: Customer) -> FormFacts:
    parties = parties_of_customer(customer)
    return FormFacts(tuple((name, party.birth_date) for party in parties for name in (party.name, *party.aliases)))


@transaction.atomic
def correct_field(*, field: Field, value: str, reason: str, by: Actor, stream: str = "") -> Field:
    """A person's value instead of the one that was read; that one is kept. The checks run again.

    Side effects: the value, the checks and state of its document, an audit entry. Raises InvalidInput without a reason
    or where the value of a date is none, Conflict where somebody changed the document meanwhile.
    """
    if len(reason.strip()) < _ENOUGH_REASON:
        raise InvalidInput("A correction needs a reason.", [Fault("/reason", "is missing")])
    value = _checked_value(field.name, value)
    before = field.value
    field.original_value = field.original_value or before
    field.value, field.source, field.confidence, field.corrected_by = value, FieldSource.PERSON, Decimal(1), by.name
    field.save()
    _check(Document.objects.select_for_update().get(pk=field.document_id))
    record(
        actions.CORRECTED, by=by, object_type="document", object_id=field.document_id, stream=stream, reason=reason,
        after={"field": field.name}, personal={"before": before, "after": value},
        subject_id=field.document.customer_id,
    )  # fmt: skip
    return field


def _checked_value(name: str, value: str) -> str:
    """The value as it is stored; raises InvalidInput where a date field would hold something else."""
    if not value.strip():
        raise InvalidInput("A value is needed.", [Fault("/value", "is missing")])
    if "date" not in name:
        return value.strip()
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError as error:
        raise InvalidInput("This is no date.", [Fault("/value", "is no date", "write it as 1984-06-07")]) from error


def _two_digits(number: float) -> Decimal:
    return Decimal(f"{number:.2f}")


@transaction.atomic
def accept_document(*, document: Document, reason: str, by: Actor, stream: str = "") -> None:
    """A person takes a doubtful document as good, for a reason. Side effects: its state, an audit entry."""
    if document.state != DocumentState.DOUBTFUL:
        raise Conflict("Only a doubtful document can be accepted.")
    if len(reason.strip()) < _ENOUGH_REASON:
        raise InvalidInput("Accepting a doubtful document needs a reason.", [Fault("/reason", "is missing")])
    document.claim_version()
    document.state = DocumentState.VERIFIED
    document.save()
    record(actions.ACCEPTED, by=by, object_type="document", object_id=document.pk, stream=stream, reason=reason)


@transaction.atomic
def record_document_view(*, document_id: UUID, customer_id: UUID, by: Actor, original: bool = False) -> None:
    """Puts on the record that somebody looked at a document, or took its original."""
    action = actions.DOWNLOADED if original else actions.VIEWED
    record(action, by=by, object_type="document", object_id=document_id, subject_id=customer_id)


@transaction.atomic
def record_documents_view(*, customer_id: UUID, by: Actor) -> None:
    """Puts on the record that somebody looked at a customer's documents together."""
    record(actions.LISTED, by=by, object_type="customer", object_id=customer_id, subject_id=customer_id)
