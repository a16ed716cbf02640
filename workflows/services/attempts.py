"""Keeping what became of each attempt of a step, for whoever looks at the run later."""

from django.db import transaction

from workflows.engine.lines import lines_so_far
from workflows.enums import StepState
from workflows.gauges import STEPS
from workflows.models import StepAttempt, StepRun


def keep_attempt(step: StepRun, state: StepState, reason: str, trace: str = "") -> None:
    """Writes the attempt that `step` was claimed for, with the log lines caught so far. Side effects: the row, and a count."""
    StepAttempt.objects.create(
        step=step, number=step.attempt, state=state, owner=step.owner, started_at=step.started_at or step.run_at,
        reason=reason[:300], error=trace, lines=lines_so_far(),
    )  # fmt: skip
    transaction.on_commit(STEPS.labels(step.action, state).inc)
