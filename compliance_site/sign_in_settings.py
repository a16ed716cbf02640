"""Settings of signing in: passwords, second factors, the organisation's own provider. `settings` takes all of them in."""

from compliance_site import env

# --- Signing in ------------------------------------------------------------------------------------------------------
_BEHIND_TLS = env.flag("PROBITY_BEHIND_TLS")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.auth.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "accounts.auth.breached.BreachedPasswordValidator",
        "OPTIONS": {"file": env.text("PROBITY_BREACHED_PASSWORDS")},
    },
    # the organisation's name, products, street: what is guessed first
    {
        "NAME": "accounts.auth.house_words.HouseWordsValidator",
        "OPTIONS": {"words": env.words("PROBITY_PASSWORD_WORDS", "")},
    },
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
ACCOUNT_ADAPTER = "accounts.sign_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are set by administrators and by the organisation's provider
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Probity] "
ACCOUNT_SESSION_REMEMBER = True
# Passwords are counted in rows (accounts.services.locks); codes of second factors here, of each person alone.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROBITY_TRUSTED_PROXIES", 1 if _BEHIND_TLS else 0)
MFA_ADAPTER = "accounts.sign_in.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 0  # a code lives for its 30 seconds (ASVS 5.0, 6.5.5); servers and phones keep time by the network
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _BEHIND_TLS

# --- The organisation's own sign-in by OpenID Connect: none until an issuer is named -----------------------------------
OIDC_ISSUER = env.text("PROBITY_OIDC_ISSUER")
# {"group": "role"}: the first that fits
OIDC_ROLES = {group: str(role) for group, role in env.json_object("PROBITY_OIDC_ROLES").items()}
OIDC_GROUPS_CLAIM = env.text("PROBITY_OIDC_GROUPS_CLAIM", "groups")
SOCIALACCOUNT_ADAPTER = "accounts.sign_in.sso.SsoAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form's answer may not lead elsewhere (form-action); the state binds the session
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": env.words("PROBITY_OIDC_SCOPE", "openid,profile,email"),
        "APPS": [
            {
                "provider_id": "organisation",
                "name": env.text("PROBITY_OIDC_NAME", "your organisation"),
                "client_id": env.text("PROBITY_OIDC_CLIENT_ID"),
                "secret": env.text("PROBITY_OIDC_SECRET"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
