"""What asking the language model costs."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count

from ai.models import AiCall, CallState
from ai.selectors import model_state
from core.clock import now
from core.measuring import Gauge, register_gauge

Rows = Iterator[tuple[tuple[str, ...], float]]


def _calls() -> Rows:
    """Of the configured model: by its index, not over years of calls."""
    rows = AiCall.objects.filter(model=settings.LLM_MODEL, created_at__gte=now() - timedelta(hours=1)).order_by()
    counted = dict(rows.values_list("state").annotate(number=Count("id"))) if settings.LLM_MODEL else {}
    return (((state.value,), counted.get(state.value, 0)) for state in CallState)


def _tokens() -> Rows:
    state = model_state()
    yield ("spent",), state.tokens_today
    yield ("allowed",), state.tokens_a_day


def _paused() -> Rows:
    yield (), float(model_state().paused_until is not None)


register_gauge(
    Gauge("probity_llm_calls_last_hour", "Calls of the language model in the last hour.", _calls, ("state",))
)
register_gauge(Gauge("probity_llm_tokens_today", "Tokens since midnight UTC, and how many a day are allowed.", _tokens,
                     ("kind",)))  # fmt: skip
register_gauge(
    Gauge("probity_llm_paused", "Whether the language model is left alone for a while because it failed.", _paused)
)
