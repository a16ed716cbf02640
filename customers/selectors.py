"""Reads of customers, their parties and their ratings."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import ApiClient
from core.exceptions import NotFound
from core.ids import parse_id
from customers.models import BeneficialOwner, Customer, Party, RatingPolicy, RiskRating
from customers.risk.geography import JURISDICTIONS


def customers_visible_to(principal: Any) -> QuerySet[Customer]:
    """All customers for a person; for an API client those it registered."""
    rows = Customer.objects.select_related("party", "registered_by_client").order_by("-created_at")
    return rows.filter(registered_by_client=principal) if isinstance(principal, ApiClient) else rows


def customer_for(principal: Any, pk: object) -> Customer:
    """The customer with this id, if `principal` may know of it; raises NotFound."""
    found = with_facts(customers_visible_to(principal)).filter(pk=parse_id(pk)).first()
    if found is None:
        raise NotFound("There is no such customer.")
    return found


def with_facts(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    """The same customers with everything a page of facts shows, in a constant number of queries."""
    owners = BeneficialOwner.objects.select_related("party").prefetch_related("party__addresses", "party__identifiers")
    return rows.prefetch_related(
        "party__addresses", "party__identifiers", Prefetch("owners", owners.order_by("created_at"))
    )


def customer_by_external_id(client: ApiClient, external_id: str) -> Customer | None:
    """The client's customer of this external id, or None."""
    return Customer.objects.filter(registered_by_client=client, external_id=external_id).first()


def parties_of_customer(customer: Customer) -> list[Party]:
    """The customer's own party first, then its owners', each with addresses and identifiers."""
    owners = customer.owners.order_by("created_at").values_list("party_id", flat=True)
    wanted = [customer.party_id, *owners]
    found = Party.objects.prefetch_related("addresses", "identifiers").in_bulk(wanted)
    return [found[pk] for pk in dict.fromkeys(wanted)]


def current_rating(customer: Customer) -> RiskRating | None:
    """The newest rating with its factors, or None where the customer has not been rated."""
    return customer.ratings.select_related("policy").prefetch_related("factors").first()


def current_policy() -> RatingPolicy | None:
    """The rating policy in force: the newest version."""
    return RatingPolicy.objects.first()


def high_risk_countries() -> dict[str, str]:
    """ISO alpha-2 code → tier (`call_for_action`, `increased_monitoring`), from the dated FATF publication."""
    return {jurisdiction.code: jurisdiction.tier for jurisdiction in JURISDICTIONS}


def customers_matching(principal: Any, query: str) -> QuerySet[Customer]:
    """The customers `principal` may see whose name or external id contains `query`."""
    rows = customers_visible_to(principal)
    return rows.filter(Q(party__name__icontains=query) | Q(external_id__icontains=query)) if query else rows


def rating_policies() -> QuerySet[RatingPolicy]:
    """Every version of the rating policy, newest first."""
    return RatingPolicy.objects.all()
