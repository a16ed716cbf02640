"""Customers in workflows: runs can be about one."""

from uuid import UUID

from customers.models import Customer
from workflows.engine.subjects import Subject, register_subject


def _exists(customer_id: UUID) -> bool:
    return Customer.objects.filter(pk=customer_id).exists()


register_subject(Subject("customer", 1, _exists))
