"""Actions of the drill and the bench; a worker imports this module with `-I`.

`drill_effect` has an effect outside the database: a line in the ledger, written after the commit. A worker killed between
the two writes no line; a line that stands twice is an effect that happened twice. One step in a hundred outlives its lease.
"""

import os
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from workflows import runner
from workflows.claims import LEASE
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action

_LEDGER = os.environ.get("DRILL_LEDGER", "")
_TIMES = os.environ.get("BENCH_TIMES", "")


def _append(path: str, line: str) -> None:
    """One line in one write, so that processes do not mix theirs."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


class Effect(Action):
    name = "drill_effect"
    summary = "Writes a line into the drill's ledger."

    def work(self, context: StepContext) -> None:
        time.sleep(0.02)
        if context.attempt == 1 and context.step_id.int % 100 == 0:
            time.sleep(2.5 * LEASE.total_seconds())

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        transaction.on_commit(lambda: _append(_LEDGER, f"{context.step_id}"))
        return StepOutcome({"parts": ["a", "b", "c"], "n": 1})


class NoOp(Action):
    name = "bench_no_op"
    summary = "Does nothing."

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        return StepOutcome({"n": 1})


register_action(Effect())
register_action(NoOp())


def _timed(run: Callable[..., bool]) -> Callable[..., bool]:
    def timed(*given: Any) -> bool:
        wall, cpu = time.perf_counter(), time.process_time()
        ran = run(*given)
        if ran:
            _append(_TIMES, f"{time.perf_counter() - wall:.6f} {time.process_time() - cpu:.6f}")
        return ran

    return timed


if os.environ.get("DRILL_NO_FENCING"):  # the control: what the fence is there for must show without it
    runner._hold = lambda step: None
if _LEDGER:
    runner._HEARTBEAT = 3600.0  # so that a long step loses its lease, as a stopped process would
if _TIMES:
    runner.run_next = _timed(runner.run_next)
