"""Starting the runs of bench and drill, and looking at how they end. Import after the environment is set."""

import json
import os
from collections import Counter
from dataclasses import dataclass
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
django.setup()

from importlib import import_module  # noqa: E402

from audit.models import AuditEntry  # noqa: E402
from core.actor import system_actor  # noqa: E402
from workflows.enums import RunState, StepState  # noqa: E402
from workflows.models import Run, StepRun, Workflow  # noqa: E402
from workflows.services import publish_workflow, start_run  # noqa: E402

_BY = system_actor("bench")
_OPEN = [RunState.RUNNING, RunState.WAITING]
import_module("bench.workflows.actions")


def prepare(action: str, steps: int) -> None:
    """A workflow of so many steps one after another, as the workflow that `start` starts."""
    lines = "".join(f"    - {{name: S{number}, action: {action}}}\n" for number in range(steps))
    publish(f"workflow:\n  name: load\n  trigger: manual\n  steps:\n{lines}")


def publish(text: str) -> None:
    """This text as the workflow that `start` starts."""
    publish_workflow(text=text, by=_BY)


def start(name: str, count: int) -> None:
    """So many runs, each in a transaction of its own; started again under the same name they are the runs that are there."""
    for number in range(count):
        start_one(f"{name}:{number}")


def start_one(key: str) -> None:
    """One run, once for this key."""
    if Run.objects.filter(start_key=key).exists():
        return
    workflow, subject = Workflow.objects.get(name="load"), uuid4()
    start_run(
        trigger="manual", workflow=workflow, subject_type="load", subject_id=subject, inputs={}, stream=f"load:{subject}",
        by=_BY, start_key=key,
    )  # fmt: skip


def ended() -> int:
    """How many runs have ended, or stopped for good."""
    return Run.objects.exclude(state__in=_OPEN).count()


@dataclass(frozen=True)
class Found:
    """What the database says of the drill's runs. `repeated` counts attempts beyond the first of each step."""

    done: int
    other: int
    steps: int
    repeated: int
    entries: int
    entries_twice: int


def looked_at() -> Found:
    """Runs, steps and the record's entries, as they stand."""
    drilled = Run.objects.filter(start_key__startswith="drill:")
    done = drilled.filter(state=RunState.DONE).count()
    steps = StepRun.objects.filter(run__in=drilled, state=StepState.DONE)
    told = AuditEntry.objects.filter(action="workflows.step_done", stream__startswith="load:")
    bodies = [json.loads(bytes(body)) for body in told.values_list("body", flat=True)]
    each = Counter((body["stream"], body["after"]["step"]) for body in bodies)
    allowed = {"C": 3}
    twice = sum(count > allowed.get(step, 1) for (_, step), count in each.items())
    repeated = sum(attempt - 1 for attempt in steps.values_list("attempt", flat=True))
    return Found(done, drilled.count() - done, steps.count(), repeated, len(bodies), twice)
