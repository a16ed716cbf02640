"""What the accounts app records."""

from audit.actions import define

SIGNED_IN = define("accounts.signed_in", "signed in")
SIGNED_OUT = define("accounts.signed_out", "signed out")
SIGN_IN_FAILED = define("accounts.sign_in_failed", "failed to sign in")
PERSON_CREATED = define("accounts.person_created", "created a person with the role {after[role]}")
PERSON_INVITED = define(
    "accounts.person_invited", "invited a person in the role {after[role]}, until {after[expires_at]}"
)
INVITATION_WITHDRAWN = define("accounts.invitation_withdrawn", "withdrew an invitation: {reason}")
INVITATION_ACCEPTED = define("accounts.invitation_accepted", "accepted an invitation and set a password")
ROLE_CHANGED = define("accounts.role_changed", "changed a role from {before[role]} to {after[role]}")
ROLE_PROPOSED = define("accounts.role_proposed", "proposed version {after[number]} of the role {after[name]}: {reason}")
ROLE_APPROVED = define("accounts.role_approved", "approved version {after[number]} of the role {after[name]}")
ROLE_RETURNED = define("accounts.role_returned", "returned version {after[number]} of the role {after[name]}: {reason}")
ROLE_RETIRED = define("accounts.role_retired", "retired the role {after[name]}: {reason}")
LAST_ADMINISTRATOR_KEPT = define(
    "accounts.last_administrator_kept",
    "left the last who keeps people in the role {before[role]}, where groups say {after[role]}",
)
EMAIL_CHANGED = define("accounts.email_changed", "changed a person's e-mail address: {reason}")
PERSON_ENABLED = define("accounts.person_enabled", "gave a person's sign-in back: {reason}")
PASSWORD_CHANGED = define("accounts.password_changed", "changed their own password")
PERSON_DISABLED = define("accounts.person_disabled", "disabled a person's sign-in: {reason}")
CLIENT_CREATED = define("accounts.client_created", "created the API client {after[name]}")
CLIENT_CHANGED = define("accounts.client_changed", "changed what the API client {after[name]} may do: {reason}")
CLIENT_DISABLED = define("accounts.client_disabled", "disabled the API client {after[name]}: {reason}")
KEY_CREATED = define("accounts.key_created", "made the API key {after[prefix]}, valid until {after[expires_at]}")
KEY_ROTATED = define(
    "accounts.key_rotated",
    "replaced the API key {before[prefix]} by {after[prefix]}; the former ends at {before[expires_at]}",
)
KEY_REVOKED = define("accounts.key_revoked", "revoked the API key {after[prefix]}: {reason}")
PASSWORD_SET_BY_LINK = define("accounts.password_set_by_link", "set a new password by a link")
RESET_LINK_MADE = define("accounts.reset_link_made", "made a link to set a new password: {reason}")
FACTOR_ADDED = define("accounts.factor_added", "set up a second factor: {after[kind]}")
FACTOR_REMOVED = define("accounts.factor_removed", "removed a second factor: {before[kind]}")
FACTORS_TAKEN_AWAY = define("accounts.factors_taken_away", "removed a person's second factors: {reason}")
CODES_RENEWED = define("accounts.recovery_codes_renewed", "made new recovery codes")
CODE_USED = define("accounts.recovery_code_used", "used a recovery code; {after[left]} are left")
FACTOR_FAILED = define("accounts.factor_failed", "gave a second factor that is not right: {after[kind]}")
SIGN_IN_LOCKED = define("accounts.sign_in_locked", "sign-in was locked after {after[failures]} failures: {after[what]}")
LOCK_RELEASED = define("accounts.sign_in_lock_released", "released a lock of sign-in: {reason}")
SESSION_ENDED = define("accounts.session_ended", "ended a session")
SESSIONS_ENDED = define("accounts.sessions_ended", "ended {after[sessions]} sessions of a person")
POLICY_CHANGED = define("accounts.sign_in_policy_changed", "changed the policy of signing in")
SSO_LINKED = define("accounts.sso_linked", "linked a person to the organisation's sign-in by a verified e-mail address")
