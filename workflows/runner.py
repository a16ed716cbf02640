"""Running one step: claim, work, and one fenced transaction for its effects (research and proof: docs/adr/0002).

The claim counts the attempt, so a killed worker counts. The commit is fenced by that attempt: whoever lost the lease
finds no row to complete, and everything it did in the transaction is rolled back.
"""

import os
import random
import socket
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F, Q

from audit.services import record
from core.actor import system_actor
from core.clock import now
from core.context import request_scope
from workflows import actions, signals
from workflows.engine.registry import StepContext, StepOutcome, action_named
from workflows.enums import RunState, StepState
from workflows.exceptions import StepFailed
from workflows.models import Run, StepRun
from workflows.services import advance, tell

LEASE = timedelta(seconds=60)
_HEARTBEAT = LEASE.total_seconds() / 4
_BACK_OFF = (1, 4, 15, 60, 240)
_ENGINE = system_actor("workflow")
_log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Somebody else claimed the step meanwhile; this attempt's effects are discarded."""


def owner_name() -> str:
    """This thread, as it stands in a claim."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def run_step(step_id: UUID) -> bool:
    """Claims and runs the step; False where it was not due or somebody else has it.

    Side effects: see `claim`, then either the step's own effects with its completion in one transaction, or a retry
    later, or its end as DEAD with the signal `step_dead`.
    """
    step = claim(step_id)
    if step is None:
        return False
    with request_scope(f"run-{step.run_id}"):
        if step.attempt > step.max_attempts:
            _give_up(step, "it stopped its worker every time it was tried")
        else:
            _attempt(step)
    return True


def claim(step_id: UUID) -> StepRun | None:
    """Takes the step for LEASE with `attempt + 1`, where it is due or its lease ran out; None where it is not."""
    moment = now()
    due = Q(state=StepState.PENDING, run_at__lte=moment) | Q(state=StepState.RUNNING, lease_until__lt=moment)
    claimed = StepRun.objects.filter(due, pk=step_id).update(
        state=StepState.RUNNING, attempt=F("attempt") + 1, lease_until=moment + LEASE, owner=owner_name(),
        started_at=moment,
    )  # fmt: skip
    return StepRun.objects.select_related("run__version__workflow").get(pk=step_id) if claimed else None


def _attempt(step: StepRun) -> None:
    try:
        action = action_named(step.action)
        context = _context(step)
        with _heartbeat(step):
            worked = action.work(context)
        with transaction.atomic():
            _hold(step)
            _complete(step, action.commit(context, worked))
    except LeaseLost:
        _log.warning("step_lease_lost", step=str(step.pk), attempt=step.attempt)
    except StepFailed as error:
        _fail(step, error.message, retry=error.retry)
    except Exception as error:  # the boundary: whatever an action raises becomes a retry, then a dead step
        _log.exception("step_failed", step=str(step.pk), action=step.action, attempt=step.attempt)
        _fail(step, type(error).__name__, retry=True, trace=traceback.format_exc(limit=12))


def _context(step: StepRun) -> StepContext:
    run = step.run
    earlier = run.steps.filter(state=StepState.DONE).values_list("name", "output")
    return StepContext(
        run_id=run.pk, step_id=step.pk, step_name=step.name, attempt=step.attempt, subject_type=run.subject_type,
        subject_id=run.subject_id, inputs=run.inputs, parameters={}, outputs=dict(earlier), stream=run.stream,
        by=_ENGINE,
    )  # fmt: skip


def _hold(step: StepRun) -> None:
    """Takes the step's row for this transaction, or raises LeaseLost. First, so that effects start only when held."""
    held = StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
        lease_until=now() + LEASE
    )
    if not held:
        raise LeaseLost


def _complete(step: StepRun, outcome: StepOutcome) -> None:
    run = step.run
    state = StepState.WAITING if outcome.parked else StepState.DONE
    fields: dict[str, object] = {
        "state": state,
        "output": outcome.output,
        "reason": outcome.reason[:300],
        "lease_until": None,
        "error": "",
    }
    if not outcome.parked:
        fields["finished_at"] = now()
    StepRun.objects.filter(pk=step.pk, attempt=step.attempt).update(**fields)
    after = {"step": step.name, "attempt": step.attempt}
    if outcome.parked:
        Run.objects.filter(pk=run.pk).update(state=RunState.WAITING)
        tell(signals.step_parked, run, step)
        action = actions.STEP_PARKED
    else:
        advance(run, step, by=_ENGINE)
        action = actions.STEP_DONE
    record(
        action, by=_ENGINE, object_type="run", object_id=run.pk, stream=run.stream, after=after, reason=outcome.reason
    )


def _fail(step: StepRun, message: str, *, retry: bool, trace: str = "") -> None:
    if not retry or step.attempt >= step.max_attempts:
        _give_up(step, message, trace)
        return
    wait = _BACK_OFF[min(step.attempt, len(_BACK_OFF)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
    StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
        state=StepState.PENDING,
        run_at=now() + timedelta(seconds=wait),
        lease_until=None,
        reason=message[:300],
        error=trace,
    )


@transaction.atomic
def _give_up(step: StepRun, message: str, trace: str = "") -> None:
    dead = StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
        state=StepState.DEAD, lease_until=None, reason=message[:300], error=trace, finished_at=now()
    )
    if not dead:
        return
    run = step.run
    Run.objects.filter(pk=run.pk).update(state=RunState.DEAD)
    tell(signals.step_dead, run, step)
    record(
        actions.STEP_DEAD, by=_ENGINE, object_type="run", object_id=run.pk, stream=run.stream, reason=message,
        after={"step": step.name, "attempt": step.attempt},
    )  # fmt: skip


@contextmanager
def _heartbeat(step: StepRun) -> Iterator[None]:
    """Renews the lease while the block works, on a connection of its own thread."""
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(_HEARTBEAT):
                StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
                    lease_until=now() + LEASE
                )
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{step.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
