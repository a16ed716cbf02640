"""Reads of past calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from ai.models import AiCall, CallState
from core.clock import now

FAILURES_TO_PAUSE = 5


@dataclass(frozen=True)
class ModelState:
    """How this installation's language model stands. `paused_until` is None where it is asked."""

    name: str
    tokens_today: int
    tokens_a_day: int
    paused_until: datetime | None


def model_is_configured() -> bool:
    """True where this installation has a language model."""
    return bool(settings.LLM_MODEL)


def model_state() -> ModelState:
    """Name, budget and pause of the language model; the name is empty where there is none."""
    paused = paused_until(settings.LLM_MODEL) if settings.LLM_MODEL else None
    return ModelState(settings.LLM_MODEL, tokens_spent_today(), settings.LLM_TOKENS_PER_DAY, paused)


def tokens_spent_today() -> int:
    """Tokens of all calls since midnight UTC, in and out."""
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    spent = AiCall.objects.filter(created_at__gte=midnight).aggregate(i=Sum("tokens_in"), o=Sum("tokens_out"))
    return (spent["i"] or 0) + (spent["o"] or 0)


def paused_until(model: str) -> datetime | None:
    """Until when the model is not asked, after five failures in a row; None where it is asked.

    The calls themselves are the breaker's state, so all processes see one breaker and a restart does not close it.
    After the pause one call goes out; if it fails, the pause begins anew.
    """
    last = list(calls().filter(model=model).values_list("state", "created_at")[:FAILURES_TO_PAUSE])
    if len(last) < FAILURES_TO_PAUSE or any(state != CallState.FAILED for state, _ in last):
        return None
    until: datetime = last[0][1] + timedelta(seconds=settings.LLM_PAUSE)
    return until if until > now() else None


def answered_before(input_sha256: str, model: str) -> AiCall | None:
    """The newest answer to the same question by the same model, or None."""
    return calls().filter(input_sha256=input_sha256, model=model, state=CallState.ANSWERED).first()


@dataclass(frozen=True)
class Cost:
    """What the model was asked for one purpose: calls, tokens, seconds; `money` is None where no price is set."""

    purpose: str
    calls: int
    tokens_in: int
    tokens_out: int
    seconds: float
    money: float | None


def cost_of(cause: str) -> list[Cost]:
    """What the model cost for one request or run, by purpose. A question answered from the store cost nothing and is not here."""
    rows = AiCall.objects.filter(cause=cause).values("purpose").order_by("purpose")
    sums = rows.annotate(
        number=Count("id"), asked=Sum("tokens_in"), answered=Sum("tokens_out"), took=Sum("milliseconds")
    )
    found = sums.values_list("purpose", "number", "asked", "answered", "took")
    return [
        Cost(purpose, number, asked, answered, took / 1000, price_of(asked, answered))
        for purpose, number, asked, answered, took in found
    ]


def price_of(tokens_in: int, tokens_out: int) -> float | None:
    """What so many tokens cost at the prices of this installation (per million); None where none are set."""
    if not (settings.LLM_PRICE_IN or settings.LLM_PRICE_OUT):
        return None
    return (tokens_in * settings.LLM_PRICE_IN + tokens_out * settings.LLM_PRICE_OUT) / 1_000_000


def calls() -> QuerySet[AiCall]:
    """Every call, newest first."""
    return AiCall.objects.order_by("-created_at", "-id")
