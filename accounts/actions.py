"""What the accounts app records."""

from audit.actions import define

SIGNED_IN = define("accounts.signed_in", "signed in")
SIGNED_OUT = define("accounts.signed_out", "signed out")
SIGN_IN_FAILED = define("accounts.sign_in_failed", "failed to sign in")
PERSON_CREATED = define("accounts.person_created", "created a person with the role {after[role]}")
ROLE_CHANGED = define("accounts.role_changed", "changed a role from {before[role]} to {after[role]}")
PERSON_ENABLED = define("accounts.person_enabled", "gave a person's sign-in back: {reason}")
PASSWORD_CHANGED = define("accounts.password_changed", "changed their own password")
PASSWORD_RESET = define("accounts.password_reset", "set another password for a person: {reason}")
PERSON_DISABLED = define("accounts.person_disabled", "disabled a person's sign-in: {reason}")
CLIENT_CREATED = define("accounts.client_created", "created the API client {after[name]}")
CLIENT_DISABLED = define("accounts.client_disabled", "disabled the API client {after[name]}: {reason}")
KEY_CREATED = define("accounts.key_created", "made the API key {after[prefix]}, valid until {after[expires_at]}")
KEY_REVOKED = define("accounts.key_revoked", "revoked the API key {after[prefix]}: {reason}")
