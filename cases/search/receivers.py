"""What changed, into the read model, in the sender's transaction."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from cases.models import Case
from cases.search import services
from cases.signals import case_changed, cases_opened
from customers.signals import customer_changed
from documents.models import Document
from documents.signals import document_read, document_stored


@receiver(customer_changed, dispatch_uid="search.on_customer_changed")
def on_customer_changed(sender: Any, customer_id: UUID, **kwargs: Any) -> None:
    services.index_customer(customer_id)


@receiver(cases_opened, dispatch_uid="search.on_cases_opened")
def on_cases_opened(sender: Any, case_ids: list[UUID], **kwargs: Any) -> None:
    services.index_cases(Case.objects.filter(pk__in=case_ids))


@receiver(case_changed, dispatch_uid="search.on_case_changed")
def on_case_changed(sender: Any, case_id: UUID, **kwargs: Any) -> None:
    """A comment is such a change."""
    services.index_new_comments(case_id)


@receiver([document_stored, document_read], dispatch_uid="search.on_document")
def on_document(sender: Any, document_id: UUID, **kwargs: Any) -> None:
    services.index_documents(Document.objects.filter(pk=document_id).prefetch_related("pages"))
