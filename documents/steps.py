"""The workflow action that reads what a customer sent."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from core.clock import today
from customers.models import Customer
from documents import store
from documents.enums import DocumentState
from documents.extraction.ocr_settings import OcrSettings, OcrUnavailable
from documents.extraction.sandbox import read_in_child
from documents.extraction.shapes import Reading
from documents.models import Document
from documents.selectors import codes_of, document_quality, documents_for_customer, outcome_of
from documents.services import store_reading
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepFailed


@dataclass(frozen=True)
class _Read:
    document_id: UUID
    reading: Reading
    images: dict[str, str]


def ocr_settings() -> OcrSettings:
    """How this installation reads: its languages, and the OCR-B model where it has been fetched."""
    model = Path(settings.MRZ_MODEL)
    return OcrSettings(settings.OCR_LANGUAGES, model if model.is_file() else None)


class VerifyDocument(Action):
    """A bad document never fails the run: it is refused with a reason, and a person goes on."""

    name = "verify_document"
    summary = "Reads every document of the customer that has not been read, and checks it against the form."

    def work(self, context: StepContext) -> list[_Read]:
        """Reads in child processes. Page images go into the content store, where a repeated attempt finds them."""
        unread = Document.objects.filter(customer_id=str(context.inputs["customer_id"]), state=DocumentState.STORED)
        return [self._read(document) for document in unread]

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        """Keeps the readings; the output counts states and names the codes of what is wrong."""
        assert isinstance(worked, list)
        for item in worked:
            document = Document.objects.select_related("customer__party").get(pk=item.document_id)
            store_reading(
                document=document, reading=item.reading, images=item.images, by=context.by, stream=context.stream
            )
        customer = Customer.objects.get(pk=str(context.inputs["customer_id"]))
        quality = document_quality(customer)
        counts: dict[str, object] = {
            name: getattr(quality, name) for name in ("total", "verified", "doubtful", "refused")
        }
        documents = list(documents_for_customer(customer))
        codes = {code for document in documents for code in codes_of(document)}
        outcome: dict[str, object] = {"outcome": outcome_of(documents), "read": len(worked), "reasons": sorted(codes)}
        return StepOutcome(counts | outcome)

    @staticmethod
    def _read(document: Document) -> _Read:
        try:
            with read_in_child(store.get(document.sha256), ocr_settings(), today()) as (reading, folder):
                images = {page.image: store.put((folder / page.image).read_bytes()) for page in reading.pages}
        except OcrUnavailable as error:
            raise StepFailed(f"Documents cannot be read on this machine: {error}", retry=True) from error
        return _Read(document.pk, reading, images)


register_action(VerifyDocument())
