"""Reads of adverse media."""

from typing import Any

from django.db.models import QuerySet

from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import Customer
from customers.selectors import of_visible_customers
from screening.models import MediaHit


def media_hits_for_customer(customer: Customer) -> QuerySet[MediaHit]:
    """Articles that seem to name the customer or its owners, open ones first."""
    return MediaHit.objects.filter(customer=customer).select_related("article__source", "party", "decided_by")


def media_hit_for(principal: Any, pk: object) -> MediaHit:
    """The media hit with this id, if `principal` may know of it; raises NotFound."""
    rows = MediaHit.objects.select_related("article__source", "party", "customer", "decided_by")
    found = rows.filter(of_visible_customers(principal), pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such hit.")
    return found
