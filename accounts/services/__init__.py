"""Writes of the accounts app: people, programs, and how people sign in."""

from accounts.services.clients import (
    change_scopes,
    create_api_client,
    create_api_key,
    disable_api_client,
    revoke_api_key,
    rotate_api_key,
)
from accounts.services.factors import record_factor, remove_factors
from accounts.services.invitations import accept_invitation, invite_again, invite_person, withdraw_invitation
from accounts.services.locks import count_failure, count_success, refuse_if_locked, release_lock
from accounts.services.people import (
    change_email,
    change_own_password,
    change_role,
    create_person,
    disable_person,
    enable_person,
)
from accounts.services.policy import change_sign_in_policy
from accounts.services.roles import approve_role, propose_role, retire_role, return_role
from accounts.services.sessions import end_session, end_sessions
from accounts.services.sign_in import make_reset_link, record_password_by_link, record_sign_in
from accounts.services.sso import admit_by_sso, match_by_email, record_newcomer, refuse_strangers

__all__ = [
    "accept_invitation", "admit_by_sso", "approve_role", "change_email", "change_own_password", "change_role",
    "change_scopes", "change_sign_in_policy", "count_failure", "count_success", "create_api_client", "create_api_key",
    "create_person", "disable_api_client", "disable_person", "enable_person", "end_session", "end_sessions",
    "invite_again", "invite_person", "make_reset_link", "match_by_email", "propose_role", "record_factor",
    "record_newcomer", "record_password_by_link", "record_sign_in", "refuse_if_locked", "refuse_strangers",
    "release_lock", "remove_factors", "retire_role", "return_role", "revoke_api_key", "rotate_api_key",
    "withdraw_invitation",
]  # fmt: skip
