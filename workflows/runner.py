"""Running one step: claim, work, and one fenced transaction for its effects (research and proof: docs/adr/0002).

The claim counts the attempt, so a killed worker counts. The commit is fenced by that attempt: whoever lost the lease
finds no row to complete, and everything it did in the transaction is rolled back.
"""

import random
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F
from opentelemetry.trace import SpanKind
from structlog.contextvars import bound_contextvars

from audit.services import record
from core.actor import system_actor
from core.clock import now
from core.context import request_scope
from core.ids import ids_in
from core.shared_clock import shared_now
from core.tracing import span
from workflows import actions, signals
from workflows.claims import LEASE, claim, claim_abandoned, claim_next
from workflows.engine.conditions import Path
from workflows.engine.definition import Retry, StepDefinition
from workflows.engine.definition.shapes import CONTINUE, PARK
from workflows.engine.lines import caught_lines
from workflows.engine.plan import values_for
from workflows.engine.registry import StepContext, StepOutcome, action_named
from workflows.enums import StepState
from workflows.exceptions import StepDeferred, StepFailed
from workflows.gauges import LEASES_LOST, STEP_SECONDS
from workflows.hints import going_on
from workflows.models import Run, StepRun
from workflows.selectors import definition_of
from workflows.services import advance, keep_attempt, locked_run, settle_state, tell
from workflows.services.runs import standing_of

TURN = 2.0
_HEARTBEAT = LEASE.total_seconds() / 4
_STATES_OF_FAILURE = {CONTINUE: StepState.FAILED, PARK: StepState.WAITING}
_ENGINE = system_actor("workflow")
_log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Somebody else claimed the step meanwhile; this attempt's effects are discarded."""


def run_step(step_id: UUID) -> bool:
    """Claims and runs the step; False where it was not due or somebody else has it.

    Side effects: see `claim`, then either the step's own effects with its completion in one transaction, or a retry
    later, or its end as DEAD with the signal `step_dead`.
    """
    step = claim(step_id)
    return step is not None and _run(step)


def run_next() -> bool:
    """The same with the step that is first in the queue; False where nothing is due."""
    step = claim_next()
    return step is not None and _run(step)


def work_off() -> bool:
    """Runs what was abandoned, then what is due, first places first; True where its turn ended before the work did."""
    end = time.monotonic() + TURN
    with going_on():
        abandoned = claim_abandoned()
        if abandoned is not None:
            _run(abandoned)
        while run_next():
            if time.monotonic() > end:
                return True
    return False


def _run(step: StepRun) -> bool:
    with request_scope(f"run-{step.run_id}"), bound_contextvars(step=str(step.pk)), caught_lines():
        if step.attempt > step.max_attempts:
            definition = definition_of(step.run.version.text).step(step.name)
            _give_up(step, definition, "it stopped its worker every time it was tried")
        else:
            ids = {"probity.run": str(step.run_id), "probity.step": str(step.pk), "probity.attempt": str(step.attempt)}
            traced = span(f"step {step.action}", SpanKind.CONSUMER, step.run.traceparent, **ids)
            with traced, STEP_SECONDS.labels(step.action).time():
                _attempt(step)
    return True


def _attempt(step: StepRun) -> None:
    definition = definition_of(step.run.version.text).step(step.name)
    began = time.monotonic()
    try:
        action = action_named(step.action)
        context = _context(step, definition)
        with _heartbeat(step, definition.timeout):
            worked = action.work(context)
        if definition.timeout and time.monotonic() - began > definition.timeout:
            raise StepFailed(f"it took longer than its {definition.timeout} s", retry=True)
        with transaction.atomic():
            run = locked_run(step.run_id)
            _hold(step)
            _complete(run, step, action.commit(context, worked))
    except LeaseLost:
        LEASES_LOST.inc()
        _log.warning("step_lease_lost", step=str(step.pk), attempt=step.attempt)
    except StepDeferred as deferred:
        _put_back(step, deferred.message, deferred.seconds, attempt=F("attempt") - 1)
    except StepFailed as error:
        cause = type(error.__cause__ or error).__name__
        _fail(step, definition, error.message, retry=error.retry and _is_retried(definition, cause))
    except Exception as error:  # the boundary: whatever an action raises becomes a retry, then a dead step
        _log.exception("step_failed", step=str(step.pk), action=step.action, attempt=step.attempt)
        name, trace = type(error).__name__, traceback.format_exc(limit=12)
        _fail(step, definition, name, retry=_is_retried(definition, name), trace=trace)


def _is_retried(definition: StepDefinition, error: str) -> bool:
    return not definition.retry.errors or error in definition.retry.errors


def _context(step: StepRun, definition: StepDefinition) -> StepContext:
    run = step.run
    values = values_for(standing_of(run), run.inputs) | {"item": step.item}
    return StepContext(
        run_id=run.pk, step_id=step.pk, step_name=step.name, attempt=step.attempt, subject_type=run.subject_type,
        subject_id=run.subject_id, inputs=run.inputs, parameters=parameters_of(definition, values), outputs=values["steps"],
        stream=run.stream, by=_ENGINE, item=step.item,
    )  # fmt: skip


def parameters_of(definition: StepDefinition, values: Mapping[str, Any]) -> dict[str, object]:
    """What stands under `with`, with values taken from the run where it says so. Raises StepFailed for a wrong one."""
    taken = {name: one.value(values) for name, one in definition.parameters.items() if isinstance(one, Path)}
    for name, value in taken.items():
        parameter = action_named(definition.action).parameters[name]
        if not parameter.fits(value) and (parameter.required or value is not None):
            raise StepFailed(f"`{name}` was to be a {parameter.type} and is {type(value).__name__}", retry=False)
    return {**definition.parameters, **taken}


def _hold(step: StepRun) -> None:
    """Takes the step's row for this transaction, or raises LeaseLost. First, so that effects start only when held."""
    held = StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
        lease_until=shared_now() + LEASE
    )
    if not held:
        raise LeaseLost


def _complete(run: Run, step: StepRun, outcome: StepOutcome) -> None:
    state = StepState.WAITING if outcome.parked else StepState.DONE
    fields: dict[str, object] = {
        "state": state,
        "output": outcome.output,
        "output_ids": ids_in(outcome.output) if outcome.parked else {},
        "reason": outcome.reason[:300],
        "lease_until": None,
        "error": "",
    }
    if not outcome.parked:
        fields["finished_at"] = now()
    StepRun.objects.filter(pk=step.pk, attempt=step.attempt).update(**fields)
    keep_attempt(step, state, outcome.reason)
    after = {"step": step.name, "attempt": step.attempt}
    if outcome.parked:
        settle_state(run)
        tell(signals.step_parked, run, step)
        action = actions.STEP_PARKED
    else:
        advance(run, by=_ENGINE, step=step)
        action = actions.STEP_DONE
    record(
        action, by=_ENGINE, object_type="run", object_id=run.pk, stream=run.stream, after=after, reason=outcome.reason
    )


def _fail(step: StepRun, definition: StepDefinition, message: str, *, retry: bool, trace: str = "") -> None:
    if not retry or step.attempt >= step.max_attempts:
        _give_up(step, definition, message, trace)
        return
    keep_attempt(step, StepState.PENDING, message, trace)
    _put_back(step, message, _wait(definition.retry, step.attempt), error=trace)


def _put_back(step: StepRun, message: str, seconds: float, **fields: Any) -> None:
    """Makes the step due again after so many seconds."""
    StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
        state=StepState.PENDING,
        run_at=shared_now() + timedelta(seconds=seconds),
        lease_until=None,
        reason=message[:300],
        **fields,
    )


def _wait(retry: Retry, attempt: int) -> float:
    """Seconds before the next attempt: growing, bounded, with jitter so that many do not come back at once."""
    return min(float(retry.most), retry.wait * retry.factor ** (attempt - 1)) * random.uniform(0.8, 1.2)  # noqa: S311


@transaction.atomic
def _give_up(step: StepRun, definition: StepDefinition, message: str, trace: str = "") -> None:
    """No further attempt: what follows stands in the definition's `on_failure`."""
    run = locked_run(step.run_id)
    state = _STATES_OF_FAILURE.get(definition.on_failure.what, StepState.DEAD)
    ended = StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
        state=state, lease_until=None, reason=message[:300], error=trace, failure=True,
        finished_at=None if state == StepState.WAITING else now(),
    )  # fmt: skip
    if not ended:
        return
    keep_attempt(step, state, message, trace)
    after = {"step": step.name, "attempt": step.attempt}
    action = actions.STEP_FAILED if state == StepState.FAILED else actions.STEP_DEAD
    record(action, by=_ENGINE, object_type="run", object_id=run.pk, stream=run.stream, reason=message, after=after)
    if state != StepState.FAILED:
        tell(signals.step_dead, run, step)
    advance(run, by=_ENGINE, step=step)


@contextmanager
def _heartbeat(step: StepRun, timeout: int) -> Iterator[None]:
    """Renews the lease while the block works, on a connection of its own thread; beyond `timeout` seconds it does not."""
    stop = threading.Event()
    end = time.monotonic() + timeout

    def beat() -> None:
        try:
            while not stop.wait(_HEARTBEAT) and not (timeout and time.monotonic() > end):
                StepRun.objects.filter(pk=step.pk, attempt=step.attempt, state=StepState.RUNNING).update(
                    lease_until=shared_now() + LEASE
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
