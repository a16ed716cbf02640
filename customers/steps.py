"""Customers in workflows: runs can be about one."""

from uuid import UUID

from customers.models import Customer
from workflows.engine.subjects import Subject, register_subject


def _stream(customer_id: UUID) -> str:
    return f"customer:{customer_id}" if Customer.objects.filter(pk=customer_id).exists() else ""


register_subject(Subject("customer", 1, _stream))
