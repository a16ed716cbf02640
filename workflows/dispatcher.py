"""The loop in every worker that finds what is due. No leader: claims decide who works a row.

Embedded, it works the rows itself in a few threads; in a Celery worker it publishes hints for what nobody took.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from django.db import close_old_connections, connection

from workflows.engine.due import due_sources, source_named, wait_for_bell, wake
from workflows.enums import StepState
from workflows.hints import ADVANCE_RUN, RUN_DUE, publish
from workflows.long_work import release_abandoned, stop_working
from workflows.models import StepRun
from workflows.periodic import run_due_periodic
from workflows.runner import run_step
from workflows.selectors import due_steps

TICK = 1.0
_BATCH = 50
_WAITING = 8
_OVERDUE = timedelta(seconds=1)
_LONGEST_SILENCE = 30.0
_MOST_REHINTED = 4  # each wakes a worker, which then works off what is due
_log = structlog.get_logger(__name__)


class _Loop:
    """A thread that looks for due work whenever the bell rings, at least every TICK, until it is stopped."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)
        self._waiting_pool = ThreadPoolExecutor(_WAITING, thread_name_prefix="waiting-worker")
        self._busy: dict[str, Future[None]] = {}

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Ends the loop; what is being worked may finish within `timeout`, its lease covers the rest."""
        self._stopping.set()
        wake()
        self._thread.join(timeout)
        self._waiting_pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._look()
                wait_for_bell(TICK)
        finally:
            connection.close()

    def _look(self) -> None:
        try:
            close_old_connections()
            self.look()
        except Exception:  # the boundary: the database may be away for a while; the loop must outlive that
            _log.exception("dispatcher_look_failed")

    def look(self) -> None:
        """Finds what is due and has it worked."""
        raise TypeError(f"{type(self).__name__} does not say how it looks")

    def _offer(self, pool: Executor, kind: str, ids: Sequence[UUID], work: Callable[[UUID], object]) -> None:
        for identifier in ids:
            self._submit(pool, f"{kind}:{identifier}", partial(work, identifier))

    def _submit(self, pool: Executor, key: str, work: Callable[[], object]) -> None:
        """Queues the work once: what is queued or at work is not queued again."""
        if key in self._busy:
            return
        future = pool.submit(_guarded, work)
        self._busy[key] = future
        future.add_done_callback(lambda _: self._finished(key))

    def _finished(self, key: str) -> None:
        self._busy.pop(key, None)
        if not key.startswith("periodic"):
            wake()


class EmbeddedDispatcher(_Loop):
    """Works what is due in threads of this process."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="worker")
        self._slow_pool = ThreadPoolExecutor(1, thread_name_prefix="slow-worker")

    def start(self) -> None:
        """Releases what a former process of this installation left running, then starts the loop."""
        StepRun.objects.filter(state=StepState.RUNNING).update(state=StepState.PENDING, lease_until=None)
        release_abandoned()
        super().start()

    def stop(self, timeout: float = 5.0) -> None:
        stop_working()
        super().stop(timeout)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._slow_pool.shutdown(wait=False, cancel_futures=True)
        wait(list(self._busy.values()), timeout)

    def look(self) -> None:
        self._submit(self._pool, "periodic", _periodic)
        for source in due_sources():
            pool = self._waiting_pool if source.waits else self._slow_pool if source.slow else self._pool
            self._offer(pool, source.name, source.find_due(_BATCH), source.run_one)
        self._offer(self._pool, "step", due_steps(_BATCH), run_step)


class HintingDispatcher(_Loop):
    """Beside a Celery worker: publishes hints for what is overdue, runs periodic tasks, and waits for other systems.

    What stays due although it was hinted waits for a worker, not for a hint: it is hinted again after 1, 2, 4 … seconds, or the
    broker would fill with what the workers cannot get done.
    """

    def __init__(self) -> None:
        super().__init__()
        self._hinted: dict[str, tuple[float, float]] = {}  # what → (not before, the wait after that)

    def look(self) -> None:
        run_due_periodic()
        hints: list[tuple[str, ...]] = [
            (ADVANCE_RUN, str(step_id)) for step_id in due_steps(_MOST_REHINTED, overdue_by=_OVERDUE)
        ]
        for source in due_sources():
            if source.waits:
                self._offer(self._waiting_pool, source.name, source.find_due(_BATCH), source.run_one)
                continue
            hints += [(RUN_DUE, source.name, str(identifier)) for identifier in source.find_due(_BATCH)]
        self._hint(hints)

    def _hint(self, hints: Sequence[tuple[str, ...]]) -> None:
        moment = time.monotonic()
        before, self._hinted = self._hinted, {}  # what is no longer due is forgotten
        for task, *told in hints:
            key = ":".join(told)
            not_before, wait = before.get(key, (moment, TICK))
            if moment >= not_before:
                publish(task, *told)
                not_before, wait = moment + wait, min(2 * wait, _LONGEST_SILENCE)
            self._hinted[key] = (not_before, wait)


def run_due(source: str, identifier: UUID) -> None:
    """Works one row of a due source."""
    source_named(source).run_one(identifier)


def _periodic() -> None:
    run_due_periodic()


def _guarded(work: Callable[[], object]) -> None:
    """Work in a pool thread: errors logged instead of lost, and no connection kept by a thread that may end unseen."""
    try:
        work()
    except Exception:  # the boundary: a pool thread has nobody above it
        _log.exception("worker_thread_failed")
    finally:
        connection.close()
