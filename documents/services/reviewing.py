"""What people do with documents: correct a value, accept a doubtful document, look at one."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.exceptions import Conflict, Fault, InvalidInput
from documents import actions
from documents.enums import DocumentState, FieldSource
from documents.models import Document, Field
from documents.services.checking import check_again

_ENOUGH_REASON = 3
NOT_ACCEPTED = "not_accepted"


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
    field.set_value(value)
    field.source, field.confidence, field.corrected_by = FieldSource.PERSON, Decimal(1), by.name
    field.save()
    check_again(Document.objects.select_for_update().get(pk=field.document_id))
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
def refuse_document(*, document: Document, reason: str, by: Actor, stream: str = "") -> None:
    """A person does not take a document that was read; a new one is needed. Side effects: its state, an audit entry.

    Raises Conflict for a document that is not read or is refused already, InvalidInput without a reason.
    """
    if document.state in {DocumentState.STORED, DocumentState.REFUSED}:
        raise Conflict("Only a document that was read can be refused.")
    if len(reason.strip()) < _ENOUGH_REASON:
        raise InvalidInput("Refusing a document needs a reason.", [Fault("/reason", "is missing")])
    document.claim_version()
    document.state, document.refusal = DocumentState.REFUSED, NOT_ACCEPTED
    document.save()
    record(actions.REFUSED, by=by, object_type="document", object_id=document.pk, stream=stream, reason=reason)


@transaction.atomic
def record_document_view(*, document_id: UUID, customer_id: UUID, by: Actor, original: bool = False) -> None:
    """Puts on the record that somebody looked at a document, or took its original."""
    action = actions.DOWNLOADED if original else actions.VIEWED
    record(action, by=by, object_type="document", object_id=document_id, subject_id=customer_id)


@transaction.atomic
def record_documents_view(*, customer_id: UUID, by: Actor) -> None:
    """Puts on the record that somebody looked at a customer's documents together."""
    record(actions.LISTED, by=by, object_type="customer", object_id=customer_id, subject_id=customer_id)
