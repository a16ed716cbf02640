"""Who is linked to a case's customer, by what, and with which open cases of their own."""

from dataclasses import dataclass
from typing import Any

from cases.models import Case
from cases.selectors import linked_cases_of
from customers.models import Customer
from customers.selectors import party_links


@dataclass(frozen=True)
class LinkedCustomer:
    """Another customer, what is shared in words, and its open cases."""

    customer: Customer
    kinds: tuple[str, ...]
    cases: tuple[Case, ...]


def linked_of(case: Case, principal: Any) -> list[LinkedCustomer]:
    """Everybody linked, those with most in common first. A constant number of queries."""
    by_customer: dict[Customer, dict[str, None]] = {}
    for link in party_links(case.customer):
        by_customer.setdefault(link.customer, {})[str(link.kind.label)] = None
    open_cases = list(linked_cases_of(case, principal)) if by_customer else []
    found = [
        LinkedCustomer(customer, tuple(kinds), tuple(row for row in open_cases if row.customer_id == customer.pk))
        for customer, kinds in by_customer.items()
    ]
    return sorted(found, key=lambda item: (-len(item.kinds), item.customer.party.name))
