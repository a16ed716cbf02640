"""Settings of every installation: nothing set is the embedded default, DATABASE_URL and REDIS_URL make it a cluster."""

from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF

from compliance_site import env
from compliance_site.log_settings import *  # noqa: F403 - settings of one subject, kept together
from compliance_site.sign_in_settings import *  # noqa: F403 - settings of one subject, kept together

django_stubs_ext.monkeypatch()  # makes ModelAdmin[...] and QuerySet[...] subscriptable at run time

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("PROBITY_DATA_DIR", str(BASE_DIR / "var"))).resolve()
KEYS_DIR = DATA_DIR / "keys"
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("PROBITY_DEBUG")
SECRET_KEY = env.secret("PROBITY_SECRET_KEY", KEYS_DIR)
# Entries are written under the key of the highest number; older keys stay for reading. "2:key,3:key" adds further ones.
AUDIT_MAC_KEYS = {1: env.secret("PROBITY_AUDIT_MAC_KEY", KEYS_DIR)} | env.numbered("PROBITY_AUDIT_MAC_KEYS")
AUDIT_ORIGIN = env.text("PROBITY_AUDIT_ORIGIN", "probity.local/audit")
AUDIT_SIGNING_DIR = Path(env.text("PROBITY_AUDIT_SIGNING_DIR", str(KEYS_DIR / "audit")))
AUDIT_ANCHOR_FILE = Path(env.text("PROBITY_AUDIT_ANCHOR_FILE", str(DATA_DIR / "anchors" / "checkpoints.log")))
AUDIT_ANCHOR_WEBHOOK = env.text("PROBITY_AUDIT_ANCHOR_WEBHOOK")
AUDIT_ANCHOR_EMAIL = env.text("PROBITY_AUDIT_ANCHOR_EMAIL")
AUDIT_TSA_URL = env.text("PROBITY_AUDIT_TSA_URL")
AUDIT_TSA_ROOTS = Path(env.text("PROBITY_AUDIT_TSA_ROOTS", "/etc/ssl/certs/ca-certificates.crt"))
AUDIT_TIMESTAMPS = Path(env.text("PROBITY_AUDIT_TIMESTAMPS", str(DATA_DIR / "anchors" / "timestamps.jsonl")))
SUBJECT_KEY_SECRET = env.secret("PROBITY_SUBJECT_KEY_SECRET", KEYS_DIR)
DOCUMENT_KEYS = env.key_ring("PROBITY_DOCUMENT_KEYS", KEYS_DIR)
BLIND_KEY = env.secret("PROBITY_BLIND_KEY", KEYS_DIR)
ALLOWED_HOSTS = env.words("PROBITY_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("PROBITY_TRUSTED_ORIGINS")
PUBLIC_URL = env.text("PROBITY_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")  # what links in e-mails begin with
BEHIND_TLS = env.flag("PROBITY_BEHIND_TLS")

INSTALLED_APPS = [
    "accounts",  # before Django's own, whose commands that make people and passwords it answers in their place
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "channels",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "core",
    "audit",
    "ai",
    "workflows",
    "customers",
    "documents",
    "screening",
    "monitoring",
    "cases",
    "cases.privacy",
    "cases.rfi",
    "cases.filings",
    "cases.search",
    "notifications",
    "reporting",
    "compliance_site",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "core.browser.KnownMethodsMiddleware",
    "core.middleware.ApiNeedsTlsMiddleware",
    "core.tracing.TracingMiddleware",
    "core.measuring.requests.MeasuringMiddleware",
    "compliance_site.health.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.browser.BrowserRulesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sign_in.middleware.SignInPolicyMiddleware",
    "core.middleware.ErrorPageMiddleware",
]

ROOT_URLCONF = "compliance_site.urls"
ASGI_APPLICATION = "compliance_site.asgi.application"
WSGI_APPLICATION = "compliance_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
            # Every page has words; none needs to say that it translates them.
            "builtins": ["django.templatetags.i18n", "django.templatetags.l10n", "core.templatetags.ui"],
        },
    },
]

# --- Database: SQLite until DATABASE_URL says PostgreSQL ---------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL")
if DATABASE_URL:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
    # A host that drops packets must not hold a request for minutes; the URL may say otherwise (?connect_timeout=…).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "probity.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # IMMEDIATE: a deferred transaction that reads and then writes fails at once under contention.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # recursive_triggers: without it INSERT OR REPLACE passes the append-only triggers.
                "init_command": (
                    "PRAGMA journal_mode=wal; PRAGMA synchronous=FULL; "
                    "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32000;"
                ),
            },
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: in-memory until REDIS_URL is set -----------------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # Longer than the layer's blocking read of 5 s; redis-py's own 5 s would end every idle websocket.
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": 20}]},
        },
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

# --- Celery carries hints (ids); the database is the queue (design decision 2) ------------------------------------
CELERY_BROKER_URL = env.verified(REDIS_URL) or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.number("PROBITY_WORKER_MAX_KB", 1_500_000)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_timeout": 5, "socket_connect_timeout": 1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
STEP_LEASE_SECONDS = env.number("PROBITY_STEP_LEASE_SECONDS", 60)  # a dead worker's step is taken up again after it
# Back-pressure (core.pressure): beyond these, programs are answered 503 with Retry-After; 0 switches one off.
MOST_WAITING = env.number("PROBITY_MOST_WAITING", 2000)
LONGEST_WAIT = env.number("PROBITY_LONGEST_WAIT_SECONDS", 1800)
LEAST_FREE_MB = env.number("PROBITY_LEAST_FREE_MB", 256)
WORKER_THREADS = env.number("PROBITY_WORKER_THREADS", 2)

# --- Web security --------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "compliance_site.errors.csrf_refused"
CSRF_COOKIE_HTTPONLY = True  # forms and hx-headers carry the token; no script reads the cookie
CSRF_COOKIE_SAMESITE = "Lax"
# __Host-: no other host of the domain can set these, and only over TLS (RFC 6265bis, 4.1.3.2).
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
# A program that spoke without TLS has shown its key already: it is told so instead of being led on.
SECURE_REDIRECT_EXEMPT = ["^api/"]
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
JSON_BODY_BYTES = env.number("PROBITY_JSON_BODY_MB", 10) * 1024 * 1024  # but a submission, which carries its documents
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Files -----------------------------------------------------------------------------------------------------------
DOCUMENT_ROOT = DATA_DIR / "documents"
MODEL_ROOT = DATA_DIR / "models"
MRZ_MODEL = env.text("PROBITY_MRZ_MODEL", str(MODEL_ROOT / "mrz.traineddata"))
OCR_LANGUAGES = env.text("PROBITY_OCR_LANGUAGES", "eng")
CLAMD_ADDRESS = env.text("PROBITY_CLAMD")
CLAMD_SECONDS = env.number("PROBITY_CLAMD_SECONDS", 30)
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("PROBITY_STATIC_ROOT", str(DATA_DIR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # an empty folder is quiet, a missing one is a warning a request
WHITENOISE_USE_FINDERS = not any(STATIC_ROOT.iterdir())  # nothing collected: served from where the files are
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS: list[object] = [BASE_DIR / "static"]
STATICFILES_DIRS += [
    (f"vendor/{name}", NODE_MODULES / package / folder)
    for name, package, folder in (
        ("tabler", "@tabler/core", "dist"),
        ("icons", "@tabler/icons-webfont", "dist"),
        ("htmx", "htmx.org", "dist"),
        ("idiomorph", "idiomorph", "dist"),
        ("echarts", "echarts", "dist"),
        ("cytoscape", "cytoscape", "dist"),
    )
    if (NODE_MODULES / package / folder).is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Fetching (lists, news, providers): hosts that may be in a private network; paths that lists may be read from ----
FETCH_ALLOWED_HOSTS = env.words("PROBITY_FETCH_ALLOWED_HOSTS")
EXPORT_FOLDER = Path(env.text("PROBITY_EXPORT_FOLDER", str(DATA_DIR / "exports")))
INGEST_FOLDER = Path(env.text("PROBITY_INGEST_FOLDER", str(DATA_DIR / "ingest")))
LIST_FOLDER = Path(env.text("PROBITY_LIST_FOLDER", str(DATA_DIR / "lists")))

# --- Workflows: hosts that steps may call, and tokens for them as name=value pairs ----------------------------------
WORKFLOW_HTTP_HOSTS = env.words("PROBITY_WORKFLOW_HTTP_HOSTS")
WORKFLOW_HTTP_TOKENS = env.pairs("PROBITY_WORKFLOW_HTTP_TOKENS")

# --- REST ------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.auth.api_keys.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.HasRequiredPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.BoundedJsonParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "core.pagination.ApiPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "core.api.errors.problem_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Probity",
    "DESCRIPTION": "Onboarding, screening, monitoring and compliance cases. Errors are RFC 9457 problem documents.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.schema.add_problems",
        "notifications.schema.add_events",
        "compliance_site.api_document.add_words",
    ],
    "ENUM_NAME_OVERRIDES": {
        "PartyKindEnum": "customers.enums.PartyKind",
        "ListKindEnum": "screening.enums.ListKind",
        "CaseKindEnum": "cases.enums.CaseKind",
        "DecisionKindEnum": "cases.enums.DecisionKind",
        "CaseStatusEnum": "cases.enums.CaseStatus",
        "CustomerStatusEnum": "customers.enums.CustomerStatus",
        "DocumentStateEnum": "documents.enums.DocumentState",
        "OpenOrDisposedEnum": "screening.enums.HitState",
        "RunStateEnum": "workflows.enums.RunState",
        "StepStateEnum": "workflows.enums.StepState",
        "VersionStateEnum": "workflows.enums.VersionState",
        "FilingStateEnum": "cases.filings.enums.FilingState",
        "FilingKindEnum": "cases.filings.enums.FilingKind",
        "DecisionStateEnum": "cases.enums.DecisionState",
        "FlagSourceEnum": "monitoring.enums.LabelSource",
        "SubmissionStateEnum": "cases.enums.SubmissionState",
        "HitDispositionEnum": "screening.enums.HitDisposition",
        "AlertDispositionEnum": "monitoring.enums.AlertDisposition",
        "RatingLevelEnum": "customers.enums.RatingLevel",
        "HitReasonEnum": "screening.enums.HitReason",
        "AlertReasonEnum": "monitoring.enums.AlertReason",
        "OutcomeEnum": "documents.enums.CheckOutcome",
        "DeliveryOutcomeEnum": "notifications.enums.Outcome",
        "DeliveryStateEnum": "notifications.enums.OutboxState",
    },
}

# --- Language model: none until one is named; the deterministic path serves alone then --------------------------------
LLM_PROVIDER = "ai.providers.openai_compatible.OpenAiCompatible"
LLM_MODEL = env.text("PROBITY_LLM_MODEL")
LLM_BASE_URL = env.text("PROBITY_LLM_BASE_URL")
LLM_API_KEY = env.text("PROBITY_LLM_API_KEY")
LLM_TIMEOUT = env.number("PROBITY_LLM_TIMEOUT", 60)
LLM_RETRIES = env.number("PROBITY_LLM_RETRIES", 4)
LLM_TOKENS_PER_DAY = env.number("PROBITY_LLM_TOKENS_PER_DAY", 2_000_000)
LLM_PRICE_IN = float(
    env.text("PROBITY_LLM_PRICE_IN", "0")
)  # of a million tokens, in LLM_CURRENCY; 0: no price is shown
LLM_PRICE_OUT = float(env.text("PROBITY_LLM_PRICE_OUT", "0"))
LLM_CURRENCY = env.text("PROBITY_LLM_CURRENCY", "USD")
LLM_PARAMETERS = {"temperature": 0, "max_tokens": 1000} | env.json_object("PROBITY_LLM_PARAMETERS")
LLM_SCHEMA_AS = env.text("PROBITY_LLM_SCHEMA_AS", "json_schema")
LLM_PAUSE = env.number("PROBITY_LLM_PAUSE", 60)
LLM_IMAGES = env.flag("PROBITY_LLM_IMAGES")

REVIEW_HOUR_COST = env.number("PROBITY_REVIEW_HOUR_COST", 60)  # what an hour of review is counted as, base currency
SUPPRESSION_DAYS = env.number("PROBITY_SUPPRESSION_DAYS", 365)  # how long a false positive is remembered
BASE_CURRENCY = env.text("PROBITY_CURRENCY", "EUR")

# --- Texts, time -----------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["compliance_site.formats"]
LANGUAGE_COOKIE_SECURE = BEHIND_TLS
TIME_ZONE = env.text("PROBITY_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True

# --- Mail ------------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("PROBITY_SMTP_HOST")
EMAIL_PORT = env.number("PROBITY_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("PROBITY_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("PROBITY_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("PROBITY_SMTP_TLS", True)
EMAIL_TIMEOUT = 10
# PagerDuty has a server of its own for European accounts: https://events.eu.pagerduty.com/v2/enqueue
PAGERDUTY_URL = env.text("PROBITY_PAGERDUTY_URL", "https://events.pagerduty.com/v2/enqueue")
DEFAULT_FROM_EMAIL = env.text("PROBITY_MAIL_FROM", "probity@localhost")

# --- Backups ---------------------------------------------------------------------------------------------------------
BACKUP_KEY = env.text("PROBITY_BACKUP_KEY")  # seals backups; keep it apart from them, as keys are kept

# --- Metrics: /metrics answers who has the token, or asks directly from one of these addresses (CIDR); nobody else ------
METRICS_TOKEN = env.text("PROBITY_METRICS_TOKEN")
METRICS_ADDRESSES = env.words("PROBITY_METRICS_ADDRESSES")
WORKER_METRICS_PORT = env.number(
    "PROBITY_WORKER_METRICS_PORT", 0
)  # a Celery worker serves its counters there; 0: nowhere
WORKER_METRICS_CERTIFICATE = env.text("PROBITY_WORKER_METRICS_CERTIFICATE")  # PEM: with it and its key by TLS alone
WORKER_METRICS_KEY = env.text("PROBITY_WORKER_METRICS_KEY")
