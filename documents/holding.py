"""What this app holds of a customer: documents, their pages and what was read in them; files in the store."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from core.sealed import SealedThings, register_sealed
from customers.personal_data import Holder, register_holder
from documents import store
from documents.models import Document
from documents.services.forgetting import forget_documents


def _give(customer_id: UUID) -> Mapping[str, object]:
    rows = Document.objects.filter(customer=customer_id).prefetch_related("fields")
    return {"documents": [_told(document) for document in rows]}


def _told(document: Document) -> dict[str, object]:
    values = {field.name: field.value for field in document.fields.all()}
    return {"file": _name(document), "received_at": document.created_at, "type": document.type_label, "values": values}


def _name(document: Document) -> str:
    return f"{document.pk}-{document.filename}"


def _files(customer_id: UUID) -> Iterator[tuple[str, Iterator[bytes]]]:
    for document in Document.objects.filter(customer=customer_id):
        yield _name(document), store.pieces_of(document.sha256)


register_holder(Holder("documents", 3, forget_documents, _give, files=_files))
register_sealed(SealedThings("files", store.key_ids, store.renew_all))
