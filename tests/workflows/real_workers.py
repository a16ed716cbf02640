"""Run by test_real_workers in a process of its own, with the cluster in its environment: a graph from start to end."""

import sys
import time
from collections.abc import Callable

from bench.workflows.runs import publish, start_one
from core.actor import system_actor
from workflows.enums import RunState, StepState
from workflows.models import Run, StepRun
from workflows.services import answer_callback

TEXT = """workflow:
  name: load
  trigger: manual
  steps:
    - {name: A, action: drill_effect}
    - {name: B, action: drill_effect, needs: [A]}
    - {name: Each, action: drill_effect, needs: [A], for_each: step("A").parts}
    - {name: Never, action: drill_effect, needs: [A], when: step("A").n > 1}
    - {name: Registry, action: await_callback, needs: [], with: {what: an extract}}
    - {name: Last, action: drill_effect, needs: [B, Each, Never, Registry], when: step("Registry").found}
"""


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not holds():
        if time.monotonic() > end:
            sys.exit(f"it never came: {list(StepRun.objects.values_list('name', 'number', 'state', 'reason'))}")
        time.sleep(0.1)


def main() -> None:
    publish(TEXT)
    start_one("graph")
    _wait(lambda: Run.objects.get().state == RunState.WAITING)
    waiting = StepRun.objects.get(state=StepState.WAITING)
    assert waiting.name == "Registry"
    answer_callback(step_id=waiting.pk, output={"found": True}, by=system_actor("registry"))
    _wait(lambda: Run.objects.get().state == RunState.DONE)
    states = sorted(StepRun.objects.values_list("name", "state"))
    assert [name for name, state in states if state == StepState.DONE] == [
        "A",
        "B",
        "Each",
        "Each",
        "Each",
        "Last",
        "Registry",
    ]
    assert ("Never", StepState.SKIPPED) in states


if __name__ == "__main__":
    main()
