"""Customers, their parties and their ratings."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import ApiClient
from core.exceptions import NotFound
from core.ids import parse_id
from core.turns import take_turns
from customers.enums import UNRATED
from customers.models import BeneficialOwner, Customer, Party, RatingPolicy, RiskRating
from customers.risk.geography import JURISDICTIONS


def customers_visible_to(principal: Any) -> QuerySet[Customer]:
    """All customers for a person; for an API client those it registered."""
    rows = Customer.objects.select_related("party", "registered_by_client").order_by("-created_at")
    return rows.filter(of_visible_customers(principal, ""))


def of_visible_customers(principal: Any, path: str = "customer__") -> Q:
    """The condition on rows of customers, reached by `path`, that `principal` may see: as `customers_visible_to` has it.

    For a person it says nothing, where a list of all customers' ids would have the database read them all.
    """
    return Q(**{f"{path}registered_by_client": principal}) if isinstance(principal, ApiClient) else Q()


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


def rating_levels(customer_ids: Collection[UUID]) -> dict[UUID, str]:
    """The level of each customer's newest rating; those that have not been rated are left out."""
    rows = RiskRating.objects.filter(customer__in=customer_ids).order_by("created_at", "pk")
    return dict(rows.values_list("customer", "level"))


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


def narrowed(rows: QuerySet[Customer], *, rating: str = "", status: str = "", kind: str = "") -> QuerySet[Customer]:
    """Of `rows` those of this rating level (or UNRATED), this status and this kind of party; empty: any."""
    wanted = {"status": status, "party__kind": kind, "risk_level": "" if rating == UNRATED else rating}
    asked = {name: value for name, value in wanted.items() if value or (name == "risk_level" and rating)}
    return rows.filter(**asked)


def rating_policies() -> QuerySet[RatingPolicy]:
    """Every version of the rating policy, newest first."""
    return RatingPolicy.objects.all()


def customers_by_ids(wanted: Iterable[UUID]) -> QuerySet[Customer]:
    """These customers with their parties; whoever shows them has decided that they may be seen."""
    return Customer.objects.select_related("party").filter(pk__in=list(wanted))


def customers_in_turn(wanted: Collection[UUID]) -> list[Customer]:
    """These customers with their parties, in the order of their keys, once it is the transaction's turn with each: whoever
    keeps what may be there only once per customer asks this way, see `core.turns`."""
    take_turns(wanted)
    return list(Customer.objects.select_related("party").filter(pk__in=wanted).order_by("pk"))
