"""How the product logs: JSON lines with request and run ids, never personal data."""

import structlog

from compliance_site import env
from core import logs
from workflows.engine.lines import keep_line

# --- Logs: JSON lines with request and run ids, never personal data ----------------------------------------------
LOG_LEVEL = env.text("PROBITY_LOG_LEVEL", "INFO")
LOG_COLLECTOR = env.text("PROBITY_LOG_COLLECTOR")  # host:port of a syslog server by TLS; empty: standard error alone
LOG_COLLECTOR_CA = env.text("PROBITY_LOG_COLLECTOR_CA")  # PEM; empty: the system's authorities
_SHIPPED: dict[str, object] = {
    "class": "core.log_shipping.SyslogOverTls", "formatter": "json", "address": LOG_COLLECTOR, "authority": LOG_COLLECTOR_CA,
}  # fmt: skip
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                logs.only_allowed,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                logs.of_a_library,
                logs.place_of_error,
            ],
            "use_get_message": False,  # the text without its arguments
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}}
    | ({"shipped": _SHIPPED} if LOG_COLLECTOR else {}),
    "root": {"handlers": ["stderr", "shipped"] if LOG_COLLECTOR else ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("django", "httpx", "httpx2", "openai", "pikepdf", "weasyprint", "fontTools")
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        logs.place_of_error,
        keep_line,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
