"""Taking documents in."""

from pathlib import Path

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, InvalidInput
from customers.models import Customer
from documents import actions, store
from documents.enums import DocumentState
from documents.extraction.limits import MAX_BYTES
from documents.models import Document
from documents.signals import document_stored
from workflows.services import start_run


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
        inputs: dict[str, object] = {"customer_id": str(customer.pk), "document_id": str(document.pk)}
        start_run(
            trigger="document_uploaded", subject_type="document", subject_id=document.pk, inputs=inputs,
            stream=f"document:{document.pk}", by=by,
        )  # fmt: skip
    return document
