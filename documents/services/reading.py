"""Keeping what was read."""

from dataclasses import asdict
from decimal import Decimal

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.clock import now
from documents import actions
from documents.enums import CheckOutcome, DocumentState
from documents.extraction.shapes import FieldReading, Reading
from documents.models import Document, Field, Page, PageBand
from documents.selectors.alike import bands_of
from documents.services.checking import check_again
from documents.services.working import Worked
from documents.signals import document_read


@transaction.atomic
def store_reading(*, document: Document, worked: Worked, by: Actor, stream: str = "") -> None:
    """Keeps what was read, and checks it against the form.

    Side effects: pages, values and checks, the document's type and state, `document_read`, an audit entry. A document
    that another run has read meanwhile is left as it is: a person may have corrected it since.
    """
    if Document.objects.select_for_update().get(pk=document.pk).state != DocumentState.STORED:
        return
    reading = worked.reading
    document.media_type, document.refusal = reading.media_type, reading.refusal
    document.document_type, document.type_reasons = reading.document_type, list(reading.type_reasons)
    document.type_confidence = _two_digits(reading.type_confidence)
    document.warnings = list(reading.warnings)
    document.mrz = {**vars(reading.mrz), "valid": reading.mrz.valid} if reading.mrz else None
    document.inspection = asdict(reading.inspection)
    document.virus_scan, document.model_use = worked.virus_scan, worked.model_use
    document.suggestions = [asdict(suggestion) for suggestion in worked.suggestions]
    document.read_at = now()
    _write_pages(document, reading, worked.images)
    Field.objects.bulk_create(_field(document, item) for item in reading.fields)
    check_again(document)
    document_read.send(Document, document_id=document.pk, customer_id=document.customer_id)
    after = {"document_type": document.document_type, "state": document.state, "refusal": document.refusal}
    record(actions.READ, by=by, object_type="document", object_id=document.pk, stream=stream, after=after)


@transaction.atomic
def recheck_document(*, document: Document, by: Actor, stream: str = "") -> None:
    """Judges a document that was read by the checks and rules as they are now; what a person accepted or refused stays.

    Side effects: its checks and state; where the state changes `document_read` and an audit entry.
    """
    row = Document.objects.select_for_update(of=("self",)).select_related("customer__party").get(pk=document.pk)
    accepted = row.state == DocumentState.VERIFIED and row.checks.filter(outcome=CheckOutcome.FAILED).exists()
    if row.state == DocumentState.STORED or row.refusal or accepted:
        return
    before = row.state
    check_again(row)
    document.state = row.state
    if row.state != before:
        document_read.send(Document, document_id=row.pk, customer_id=row.customer_id)
        record(actions.RECHECKED, by=by, object_type="document", object_id=row.pk, stream=stream,
               before={"state": before}, after={"state": row.state})  # fmt: skip


def _field(document: Document, item: FieldReading) -> Field:
    field = Field(
        document=document, name=item.name, confidence=_two_digits(item.confidence), source=item.source, page=item.page,
        box=item.box,
    )  # fmt: skip
    field.set_value(item.value[:500])
    return field


def _write_pages(document: Document, reading: Reading, images: dict[str, str]) -> None:
    prints = dict(enumerate(reading.inspection.fingerprints))
    pages = Page.objects.bulk_create(
        Page(
            document=document, number=page.number, width=page.width, height=page.height, text=page.text,
            source=page.source, image_sha256=images[page.image], fingerprint=prints.get(index, ""),
            words=[[word.text, round(word.confidence, 2), *word.box] for word in page.words],
        )
        for index, page in enumerate(reading.pages)
    )  # fmt: skip
    PageBand.objects.bulk_create(
        PageBand(page=page, number=number, bits=bits)
        for page in pages
        for number, bits in enumerate(bands_of(page.fingerprint))
    )


def _two_digits(number: float) -> Decimal:
    return Decimal(f"{number:.2f}")
