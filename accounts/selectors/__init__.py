"""Reads of people, API clients, and how people sign in."""

from accounts.selectors.invitations import (
    has_never_arrived,
    invitation_for,
    invitation_for_token,
    invitation_path,
    invitations_of,
    people_by_state,
    people_with_states,
    person_state,
    waiting_invitations,
)
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
    person_named,
)
from accounts.selectors.roles import (
    RoleInForce,
    custom_role_for,
    custom_roles,
    is_role,
    role_choices,
    role_version_for,
    roles_in_force,
    roles_that_may,
    versions_of,
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
    "RoleInForce", "api_client_for", "api_client_for_actor", "api_client_named", "api_clients", "custom_role_for",
    "custom_roles", "devices_of", "factors_of", "has_never_arrived", "has_second_factor", "invitation_for",
    "invitation_for_token", "invitation_path", "invitations_of", "is_role", "keys_of", "locks", "must_set_up_a_factor",
    "people", "people_by_state", "people_who_may", "people_with_keys", "people_with_states", "person_for",
    "person_for_actor", "person_named", "person_state", "role_choices", "role_version_for", "roles_in_force",
    "roles_that_may", "second_factor_due", "sign_in_policy", "versions_of", "waiting_invitations",
]  # fmt: skip
