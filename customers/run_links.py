"""What the ids of customers in workflow runs lead to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from core.ids import parse_id
from core.permissions import Permission
from customers.models import Customer
from workflows.engine.links import Link, register_link

_MOST = 50


def customers_behind(ids: Sequence[str], viewer: Any) -> Mapping[str, Link]:
    """Customers by id, by the reference their client gave, for who may see customers."""
    if not viewer.has_perm(Permission.CUSTOMER_VIEW):
        return {}
    rows = Customer.objects.filter(pk__in=[parse_id(one) for one in ids]).values_list("pk", "external_id")
    return {str(pk): Link(f"customer {name}", reverse("customers:customer_detail", args=[pk])) for pk, name in rows}


def customers_meant(text: str) -> list[str]:
    """Customers with this reference."""
    return [str(pk) for pk in Customer.objects.filter(external_id__iexact=text).values_list("pk", flat=True)[:_MOST]]


register_link("customer_id", customers_behind, customers_meant)
