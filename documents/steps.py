"""The workflow action that reads what a customer sent."""

from customers.models import Customer
from documents.enums import DocumentState
from documents.extraction.ocr_settings import OcrUnavailable
from documents.models import Document
from documents.safety.clamd import ScannerUnavailable
from documents.selectors import codes_of, document_quality, documents_for_customer, outcome_of
from documents.services import Worked, store_reading, work_on
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepFailed


class VerifyDocument(Action):
    """A bad document never fails the run: it is refused with a reason, and a person goes on."""

    name = "verify_document"
    summary = "Reads every document of the customer that has not been read, and checks it against the form."

    def work(self, context: StepContext) -> list[Worked]:
        """Scans and reads. Where the scanner or Tesseract is away the whole step is tried again: nothing passes unseen."""
        unread = Document.objects.filter(customer_id=str(context.inputs["customer_id"]), state=DocumentState.STORED)
        return [self._read(document) for document in unread]

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        """Keeps the readings; the output counts states and names the codes of what is wrong."""
        assert isinstance(worked, list)
        for item in worked:
            document = Document.objects.select_related("customer__party").get(pk=item.document_id)
            store_reading(document=document, worked=item, by=context.by, stream=context.stream)
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
    def _read(document: Document) -> Worked:
        try:
            return work_on(document=document)
        except OcrUnavailable as error:
            raise StepFailed(f"Documents cannot be read on this machine: {error}", retry=True) from error
        except ScannerUnavailable as error:
            raise StepFailed(str(error), retry=True) from error


register_action(VerifyDocument())
