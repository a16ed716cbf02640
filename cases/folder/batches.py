"""Folders that workflows take in, and what came out of one."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from cases.models import Case
from core.exceptions import Fault, InvalidInput
from core.words import said
from documents.enums import FolderOutcome
from documents.models import Document, FolderReceipt

_DOCUMENT, _CASE = "document ", "case "


def batch_folder(name: str) -> Path:
    """The folder of this name below the installation's folder for batches. Raises InvalidInput for any other place."""
    root = Path(settings.INGEST_FOLDER).resolve()
    folder = (root / name).resolve()
    if not folder.is_relative_to(root) or not folder.is_dir():
        raise InvalidInput(
            "There is no such folder.", [Fault("/folder", said("is no folder below {name}", name=root.name))]
        )
    return folder


def documents_taken_since(moment: datetime) -> list[dict[str, str]]:
    """Ids of the documents that folders brought since, with their customers': those attached and those of new cases."""
    told = FolderReceipt.objects.filter(outcome=FolderOutcome.TAKEN, created_at__gte=moment).values_list(
        "told", flat=True
    )
    receipts = list(told)
    attached = [text.removeprefix(_DOCUMENT) for text in receipts if text.startswith(_DOCUMENT)]
    numbers = {text.removeprefix(_CASE) for text in receipts if text.startswith(_CASE)}
    customers = Case.objects.filter(number__in=numbers).values("customer")
    rows = Document.objects.filter(pk__in=attached) | Document.objects.filter(
        customer__in=customers, created_at__gte=moment
    )
    pairs = rows.order_by("created_at").values_list("pk", "customer_id")
    return [{"document_id": str(document), "customer_id": str(customer)} for document, customer in pairs]
