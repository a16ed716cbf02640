"""Other systems that steps ask: how often all workers together may, and what was answered already."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from core.clock import now
from workflows.exceptions import StepDeferred
from workflows.models import KeptAnswer, ProviderBudget


def take_turn(*, provider: str, per_minute: int) -> None:
    """Takes one call out of the provider's budget, which all workers share; at most a minute's worth at once.

    Call it outside a transaction. Side effects: the budget's row. Raises StepDeferred with the seconds to wait where it is
    empty: the step comes back by itself, and this was no attempt.
    """
    most = float(max(1, per_minute))
    with transaction.atomic():
        ProviderBudget.objects.get_or_create(name=provider[:120], defaults={"tokens": most, "filled_at": now()})
        budget = ProviderBudget.objects.select_for_update().get(name=provider[:120])
        moment = now()
        filled = budget.tokens + max(0.0, (moment - budget.filled_at).total_seconds()) * most / 60
        budget.tokens, budget.filled_at = min(most, filled), moment
        missing = 1 - budget.tokens
        budget.tokens -= 1 if missing <= 0 else 0
        budget.save()
    if missing > 0:
        raise StepDeferred("waits for its turn at the provider", seconds=missing * 60 / most)


def ask_once(*, kind: str, content: object, keep: timedelta, ask: Callable[[], Any]) -> Any:
    """The answer to `content`: a kept one, else what `ask` gives, kept for `keep` at once, so that a repeated attempt has it.

    `content` and the answer are JSON. Call it outside a transaction: a rollback must not forget what was paid for.
    """
    told = json.dumps([kind, content], sort_keys=True, separators=(",", ":"), default=str)
    key = hashlib.sha256(told.encode()).hexdigest()
    kept = KeptAnswer.objects.filter(key=key, expires_at__gt=now()).first()
    if kept is not None:
        return kept.answer
    answer = ask()
    KeptAnswer.objects.update_or_create(
        key=key, defaults={"kind": kind, "answer": answer, "created_at": now(), "expires_at": now() + keep}
    )
    return answer


def forget_expired_answers() -> None:
    """Deletes answers whose time is over. A periodic task."""
    KeptAnswer.objects.filter(expires_at__lte=now()).delete()
