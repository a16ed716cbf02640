"""Writes to customers, parties, owners and ratings."""

from customers.services.erasing import erase_customer
from customers.services.looking import record_customer_view, record_list_view, record_rating_view, record_reveal
from customers.services.rating import ensure_rating_policy, policy_in_force, publish_rating_policy, rate_customer
from customers.services.registration import register_customer, set_customer_status

__all__ = [
    "ensure_rating_policy", "erase_customer", "policy_in_force", "publish_rating_policy", "rate_customer",
    "record_customer_view", "record_list_view", "record_rating_view", "record_reveal", "register_customer",
    "set_customer_status",
]  # fmt: skip
