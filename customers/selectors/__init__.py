"""Reads of customers, their parties, their ratings, and what they share."""

from customers.selectors.records import (
    current_policy,
    current_rating,
    customer_by_external_id,
    customer_for,
    customers_by_ids,
    customers_in_turn,
    customers_matching,
    customers_visible_to,
    high_risk_countries,
    narrowed,
    of_visible_customers,
    parties_of_customer,
    rating_levels,
    rating_policies,
    with_facts,
)
from customers.selectors.sharing import (
    PartyLink,
    linked_customer_ids,
    linked_customers,
    party_links,
)
from customers.selectors.trying import AT_ONCE, policy_trial, rated_customers

__all__ = [
    "AT_ONCE",
    "PartyLink",
    "current_policy",
    "current_rating",
    "customer_by_external_id",
    "customer_for",
    "customers_by_ids",
    "customers_in_turn",
    "customers_matching",
    "customers_visible_to",
    "high_risk_countries",
    "linked_customer_ids",
    "linked_customers",
    "narrowed",
    "of_visible_customers",
    "parties_of_customer",
    "party_links",
    "policy_trial",
    "rated_customers",
    "rating_levels",
    "rating_policies",
    "with_facts",
]
