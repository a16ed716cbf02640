"""What a workflow's text says, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.conditions import Node, Path

EVENTS = (
    "new_customer", "customer_changed", "document_uploaded", "transactions_ingested", "list_updated", "case_decided",
    "schedule", "manual", "webhook",
)  # fmt: skip
NOTIFY, CONTINUE, PARK, COMPENSATE = "notify", "continue", "park", "compensate"


ONCE, SKIP, EACH = "once", "skip", "each"
CATCH_UP = (ONCE, SKIP, EACH)
FROM = "from"


@dataclass(frozen=True)
class Trigger:
    """What starts the workflow, and the condition over `inputs` under which it does.

    Of a schedule when (five cron fields), in which time zone, and what becomes of times at which nothing ran: made up
    by one run, passed over, or made up each.
    """

    event: str
    cron: str = ""
    time_zone: str = "UTC"
    when: Node | None = None
    catch_up: str = ONCE


@dataclass(frozen=True)
class Retry:
    """How often an error is tried again: the wait grows by `factor` up to `most` seconds, with jitter.

    `errors` are names of error classes; without any, every error that is worth it.
    """

    attempts: int = 5
    wait: int = 1
    factor: float = 4
    most: int = 240
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class OnFailure:
    """What follows a step that was given up: people are told and the run stops (`notify`), it goes on (`continue`), it waits
    for a person (`park`), or another step undoes what was done and the run stops (`compensate`)."""

    what: str = NOTIFY
    step: str = ""


@dataclass(frozen=True)
class StepDefinition:
    """One step. `needs` are steps that must be settled first; `timeout` is in seconds, 0 for none.

    A parameter that is a Path takes its value when the step starts, from what earlier steps put out.
    """

    name: str
    action: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    when: Node | None = None
    for_each: Path | None = None
    retry: Retry = Retry()
    timeout: int = 0
    on_failure: OnFailure = OnFailure()


@dataclass(frozen=True)
class WorkflowDefinition:
    """A workflow: what starts it and its steps, in the order of its text."""

    name: str
    trigger: Trigger
    steps: tuple[StepDefinition, ...]

    def step(self, name: str) -> StepDefinition:
        """The step of this name; raises KeyError."""
        return next(step for step in self.steps if step.name == name)

    @property
    def compensations(self) -> frozenset[str]:
        """Steps that only run when another was given up."""
        return frozenset(step.on_failure.step for step in self.steps if step.on_failure.what == COMPENSATE)


@dataclass(frozen=True)
class DefinitionFault:
    """One thing wrong in the text. `line` counts from 1."""

    line: int
    message: str
    suggestion: str
