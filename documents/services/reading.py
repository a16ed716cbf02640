"""Keeping what was read, and checking it against the form."""

from decimal import Decimal

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.clock import now, today
from customers.models import Customer
from customers.selectors import parties_of_customer
from documents import actions
from documents.enums import DocumentState
from documents.extraction.checks import FormFacts, check_document, is_verified
from documents.extraction.shapes import MrzReading, Reading, mrz_from_json
from documents.models import Check, Document, Field, Page
from documents.signals import document_read


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
    check_again(document)
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


def check_again(document: Document) -> None:
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
    """Every name the form gives, with the birth date: documents bear names that people no longer use."""
    parties = parties_of_customer(customer)
    return FormFacts(tuple((name, party.birth_date) for party in parties for name in (party.name, *party.aliases)))


def _two_digits(number: float) -> Decimal:
    return Decimal(f"{number:.2f}")
