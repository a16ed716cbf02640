"""Doing long work: a queue that the dispatcher of every worker serves, beside the quick ones and never before them."""

import time
from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import structlog
from django.db import connection
from django.db.models import F, Q

from core.actor import Actor, ActorKind
from core.context import request_scope
from core.exceptions import Fault, ProbityError
from core.shared_clock import shared_now
from workflows.engine.due import register_due_source
from workflows.engine.long_work import WorkContext, work_kind
from workflows.enums import WorkState
from workflows.models import LongWork
from workflows.services.long_work import end_work, path_of
from workflows.signals import work_progressed

MOST_ATTEMPTS = 3
LEASE = timedelta(minutes=10)
_WRITE_EVERY, _TELL_EVERY = 0.5, 1.0
_MOST_SAMPLES, _MOST_FAULTS = 40, 200
_stopping = Event()
_log = structlog.get_logger(__name__)


class WorkStopped(Exception):
    """Raised out of `report`: somebody cancelled, the process ends, or another worker has taken over."""

    def __init__(self, state: WorkState | None) -> None:
        super().__init__("the work was stopped")
        self.state = state


def stop_working() -> None:
    """Has work of this process stop at its next report and wait for the next start."""
    _stopping.set()


def release_abandoned() -> None:
    """Takes up again what a former process of an embedded installation left running. Call before anything runs."""
    _stopping.clear()
    LongWork.objects.filter(state=WorkState.RUNNING).update(state=WorkState.PENDING, lease_until=None)


class RowProgress:
    """Progress kept in the work's row. Inside a transaction of the work nothing is written: nobody could see it."""

    def __init__(self, work: LongWork) -> None:
        self._work = work
        self._began = time.monotonic()
        self._written = self._told = -_TELL_EVERY
        self._samples: list[tuple[float, int]] = []

    def report(self, done: int, total: int | None = None, stage: str = "") -> None:
        at = time.monotonic() - self._began
        if at - self._written < _WRITE_EVERY and done != total:
            return
        if connection.in_atomic_block:
            return
        self._written = at
        if stage != self._work.stage:
            self._samples = []
        self._work.stage = stage
        self._samples = [*self._samples, (round(at, 2), done)][-_MOST_SAMPLES:]
        self._write(done=done, total=total, stage=stage[:120], samples=self._samples, lease_until=shared_now() + LEASE)
        if at - self._told >= _TELL_EVERY or done == total:
            self._told = at
            work_progressed.send(LongWork, work_id=self._work.pk)

    def _write(self, **fields: Any) -> None:
        mine = LongWork.objects.filter(pk=self._work.pk, attempt=self._work.attempt, state=WorkState.RUNNING)
        if not mine.update(**fields):
            raise WorkStopped(None)
        if mine.filter(cancel_requested=True).exists():
            raise WorkStopped(WorkState.CANCELLED)
        if _stopping.is_set():
            raise WorkStopped(WorkState.PENDING)


def due_work(limit: int) -> list[UUID]:
    """Work that waits, and work whose worker has died, the oldest first."""
    due = Q(state=WorkState.PENDING) | Q(state=WorkState.RUNNING, lease_until__lt=shared_now())
    return list(LongWork.objects.filter(due).order_by("created_at").values_list("pk", flat=True)[:limit])


def claim(work_id: UUID) -> LongWork | None:
    """Takes the work, counting the attempt; None where it is not due."""
    moment = shared_now()
    due = Q(state=WorkState.PENDING) | Q(state=WorkState.RUNNING, lease_until__lt=moment)
    taken = LongWork.objects.filter(due, pk=work_id).update(
        state=WorkState.RUNNING, attempt=F("attempt") + 1, started_at=moment, lease_until=moment + LEASE, samples=[],
        done=0, total=None, stage="",
    )  # fmt: skip
    return LongWork.objects.get(pk=work_id) if taken else None


def run_work(work_id: UUID) -> None:
    """Claims the work and does it. What it raises ends it as failed, with a sentence for the person."""
    work = claim(work_id)
    if work is None:
        return
    with request_scope(f"work-{work.pk}"):
        if work.cancel_requested:
            end_work(work, WorkState.CANCELLED)
        elif work.attempt > MOST_ATTEMPTS:
            end_work(work, WorkState.FAILED, error="It stopped its worker every time it was tried.")
        else:
            _attempt(work)


def _attempt(work: LongWork) -> None:
    kind = work_kind(work.kind)
    if kind is None:
        end_work(work, WorkState.FAILED, error="This installation does not know this work any more.")
        return
    told = work.started_by
    context = WorkContext(work.pk, work.inputs, path_of(work), Actor(ActorKind(told["kind"]), told["id"], told["name"]))
    try:
        result = kind.function(context, RowProgress(work))
    except WorkStopped as stopped:
        _stopped(work, stopped.state)
    except ProbityError as error:
        end_work(work, WorkState.FAILED, error=error.message[:300], faults=_told(error.faults))
    except Exception as error:  # the boundary: the person is told, the operator finds the trace in the log
        _log.exception("long_work_failed", kind=work.kind)
        end_work(work, WorkState.FAILED, error=f"An unexpected error ended it ({type(error).__name__}).")
    else:
        told = {"result": result.told, "result_url": result.url, "faults": _told(result.faults)}
        end_work(work, WorkState.DONE, **told, **_complete(work))


def _told(faults: Sequence[Fault]) -> list[dict[str, str]]:
    """As many as anybody reads."""
    return [fault.as_dict() for fault in faults[:_MOST_FAULTS]]


def _complete(work: LongWork) -> dict[str, Any]:
    """What is done is all of it, where how much that is was ever known."""
    total = LongWork.objects.values_list("total", flat=True).get(pk=work.pk)
    return {} if total is None else {"done": total}


def _stopped(work: LongWork, state: WorkState | None) -> None:
    if state is WorkState.CANCELLED:
        end_work(work, WorkState.CANCELLED)
    elif state is WorkState.PENDING:
        mine = LongWork.objects.filter(pk=work.pk, attempt=work.attempt, state=WorkState.RUNNING)
        mine.update(state=WorkState.PENDING, lease_until=None, attempt=F("attempt") - 1)


register_due_source("long work", due_work, run_work, slow=True)
