"""The workflow actions that read and check what a customer sent."""

from collections.abc import Iterable

from django.db.models import QuerySet

from core.ids import parse_id
from customers.models import Customer
from documents.enums import DocumentState
from documents.extraction.ocr_settings import OcrUnavailable
from documents.models import Document
from documents.safety.clamd import ScannerUnavailable
from documents.selectors import codes_of, document_quality, documents_for_customer, outcome_of
from documents.services import Worked, recheck_document, store_reading, work_on
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepFailed


class _ReadsDocuments(Action):
    """Reads what is unread. Where the scanner or Tesseract is away the step is tried again: nothing passes unseen."""

    def work(self, context: StepContext) -> list[Worked]:
        return [self._read(document) for document in _documents(context).filter(state=DocumentState.STORED)]

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        """Keeps the readings; what is put out counts states and names the codes of what is wrong."""
        assert isinstance(worked, list)
        for item in worked:
            document = Document.objects.select_related("customer__party").get(pk=item.document_id)
            store_reading(document=document, worked=item, by=context.by, stream=context.stream)
        return self.told(context, len(worked))

    def told(self, context: StepContext, read: int) -> StepOutcome:
        """What the step puts out."""
        raise TypeError(f"{type(self).__name__} does not say what it puts out")

    @staticmethod
    def _read(document: Document) -> Worked:
        try:
            return work_on(document=document)
        except OcrUnavailable as error:
            raise StepFailed(f"Documents cannot be read on this machine: {error}", retry=True) from error
        except ScannerUnavailable as error:
            raise StepFailed(str(error), retry=True) from error


class VerifyDocument(_ReadsDocuments):
    """A bad document never fails the run: it is refused with a reason, and a person goes on."""

    name = "verify_document"
    summary = "Reads every document of the customer that has not been read, and checks it against the form."

    def told(self, context: StepContext, read: int) -> StepOutcome:
        customer = Customer.objects.get(pk=context.reference("customer_id"))
        quality = document_quality(customer)
        counts: dict[str, object] = {
            name: getattr(quality, name) for name in ("total", "verified", "doubtful", "refused")
        }
        return StepOutcome(counts | {"read": read} | _found(list(documents_for_customer(customer))))


class ExtractFields(_ReadsDocuments):
    name = "extract_fields"
    summary = (
        "Classifies and reads unread documents of the customer, or the one document that the item or the inputs name."
    )

    def told(self, context: StepContext, read: int) -> StepOutcome:
        documents = _documents(context)
        types = sorted({document.document_type or "unknown" for document in documents})
        return StepOutcome({"read": read, "types": types, **_ids(documents)})


class CheckRules(Action):
    """With the rules as they are now: documents that were read under earlier ones are judged anew."""

    name = "check_rules"
    is_tried_out = True
    summary = (
        "Checks documents of the customer, or the one document that the item or the inputs name against the form, "
        "the published rules and each other."
    )

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        documents = list(_documents(context).exclude(state=DocumentState.STORED))
        for document in documents:
            recheck_document(document=document, by=context.by, stream=context.stream)
        return StepOutcome({"checked": len(documents), **_found(documents), **_ids(documents)})


def _documents(context: StepContext) -> QuerySet[Document]:
    rows = Document.objects.select_related("customer__party").prefetch_related("checks")
    if context.reference("document_id"):
        return rows.filter(pk=context.reference("document_id"))
    return rows.filter(customer_id=parse_id(context.reference("customer_id")))


def _found(documents: list[Document]) -> dict[str, object]:
    codes = {code for document in documents for code in codes_of(document)}
    return {"outcome": outcome_of(documents), "reasons": sorted(codes)}


def _ids(documents: Iterable[Document]) -> dict[str, object]:
    """The document and its customer, where it is one: so that later steps know which."""
    found = list(documents)
    if len(found) != 1:
        return {}
    return {"document_id": str(found[0].pk), "customer_id": str(found[0].customer_id)}


for _action in (VerifyDocument(), ExtractFields(), CheckRules()):
    register_action(_action)
