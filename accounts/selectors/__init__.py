"""Reads of people, API clients, and how people sign in."""

from accounts.selectors.people import (
    api_client_for,
    api_client_for_actor,
    api_client_named,
    api_clients,
    keys_of,
    people,
    people_who_may,
    people_with_keys,
    person_for,
    person_for_actor,
)
from accounts.selectors.sign_in import (
    devices_of,
    factors_of,
    has_second_factor,
    locks,
    must_set_up_a_factor,
    second_factor_due,
    sign_in_policy,
)

__all__ = [
    "api_client_for", "api_client_for_actor", "api_client_named", "api_clients", "devices_of", "factors_of",
    "has_second_factor", "keys_of", "locks", "must_set_up_a_factor", "people", "people_who_may",
    "people_with_keys", "person_for", "person_for_actor", "second_factor_due", "sign_in_policy",
]  # fmt: skip
