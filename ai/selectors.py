"""Reads of past calls."""

from django.conf import settings
from django.db.models import Sum

from ai.models import AiCall, CallState
from core.clock import now


def model_is_configured() -> bool:
    """True where this installation has a language model."""
    return bool(settings.LLM_MODEL)


def tokens_spent_today() -> int:
    """Tokens of all calls since midnight UTC, in and out."""
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    spent = AiCall.objects.filter(created_at__gte=midnight).aggregate(i=Sum("tokens_in"), o=Sum("tokens_out"))
    return (spent["i"] or 0) + (spent["o"] or 0)


def answered_before(input_sha256: str, model: str) -> AiCall | None:
    """The answer to the same question by the same model, or None."""
    return AiCall.objects.filter(input_sha256=input_sha256, model=model, state=CallState.ANSWERED).first()
