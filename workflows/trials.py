"""A version tried on a past run without effects: its plan made on the real facts, what steps do taken back at the end.

Everything runs in one transaction that is rolled back, so that later steps see what earlier ones would have done. Actions
that do more than write rows (`is_tried_out` is false) are not done: what the past run put out stands in for them.
"""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse

from core.actor import system_actor
from core.exceptions import ProbityError
from core.ids import new_id, parse_id
from workflows.engine.definition import StepDefinition, WorkflowDefinition
from workflows.engine.definition.shapes import CONTINUE, PARK
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work
from workflows.engine.plan import DEAD, DONE, FAILED, SKIPPED, StepStanding, plan, values_for
from workflows.engine.registry import StepContext, action_named
from workflows.enums import StepState
from workflows.exceptions import StepFailed
from workflows.models import Run, Trial
from workflows.runner import parameters_of
from workflows.selectors import checked_definition, trial_with_id
from workflows.services.runs import standing_of
from workflows.services.trying import TRIAL

DONE_AND_TAKEN_BACK, AS_IN_THE_RUN, NOT_KNOWN, CONDITION = "tried", "past", "unknown", "condition"
_MOST_ITEMS, _MOST_SECONDS = 5, 20.0
_BY = system_actor("trial")


@dataclass(frozen=True)
class Tried:
    """What would happen at a step, and what did. `source` says how it is known; `said` is for people, without names."""

    name: str
    state: str
    source: str
    said: str = ""
    output: Any = field(default_factory=dict)
    past_state: str = ""
    past_output: Any = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        return self.state != self.past_state or _told(self.output) != _told(self.past_output)


class _Walk:
    """One walk through the plan. Only inside a transaction that is rolled back."""

    def __init__(self, definition: WorkflowDefinition, run: Run) -> None:
        self.definition, self.run = definition, run
        self.past = standing_of(run)
        self.known: dict[str, StepStanding] = {}
        self.tried: dict[str, Tried] = {}
        self.until = time.monotonic() + _MOST_SECONDS

    def steps(self) -> list[Tried]:
        while True:
            moves = plan(self.definition, self.known, self.run.inputs)
            for name in moves.skips:
                self._settle(name, SKIPPED, CONDITION, "its condition does not hold, or nothing before it ran")
            for start in moves.starts:
                self._step(start.step, start.items)
            if not moves.starts:
                break
        return [self.tried[step.name] for step in self.definition.steps if step.name in self.tried]

    def _step(self, step: StepDefinition, items: tuple[Any, ...] | None) -> None:
        if not action_named(step.action).is_tried_out or time.monotonic() > self.until:
            self._as_in_the_run(step, f"would {_lower(action_named(step.action).summary)}")
            return
        outputs = []
        for item in (None,) if items is None else items[:_MOST_ITEMS]:
            state, said, output = self._done(step, item)
            if state == StepState.WAITING:
                self._as_in_the_run(step, f"would wait: {said}", DONE_AND_TAKEN_BACK, output)
                return
            if state != DONE:
                self._settle(step.name, state, DONE_AND_TAKEN_BACK, said)
                return
            outputs.append(output)
        more = f"{len(items)} items, {len(outputs)} of them tried" if items is not None else ""
        output = outputs[0] if items is None else {"items": outputs, "count": len(items)}
        self._settle(step.name, DONE, DONE_AND_TAKEN_BACK, more, output)

    def _done(self, step: StepDefinition, item: Any) -> tuple[str, str, Any]:
        action = action_named(step.action)
        try:
            with transaction.atomic():
                context = self._context(step, item)
                outcome = action.commit(context, action.work(context))
        except (StepFailed, ProbityError) as error:
            return self._state_of_failure(step), error.message, {}
        except Exception as error:  # the boundary: whatever an action raises is what the trial has to tell
            return self._state_of_failure(step), type(error).__name__, {}
        return (StepState.WAITING if outcome.parked else DONE), outcome.reason, outcome.output

    def _context(self, step: StepDefinition, item: Any) -> StepContext:
        values: Mapping[str, Any] = values_for(self.known, self.run.inputs) | {"item": item}
        return StepContext(
            run_id=self.run.pk, step_id=new_id(), step_name=step.name, attempt=1, subject_type=self.run.subject_type,
            subject_id=self.run.subject_id, inputs=self.run.inputs, parameters=parameters_of(step, values),
            outputs=values["steps"], stream=self.run.stream, by=_BY, item=item,
        )  # fmt: skip

    @staticmethod
    def _state_of_failure(step: StepDefinition) -> str:
        return {CONTINUE: FAILED, PARK: StepState.WAITING}.get(step.on_failure.what, DEAD)

    def _as_in_the_run(
        self, step: StepDefinition, said: str, otherwise: str = NOT_KNOWN, output: object = None
    ) -> None:
        """Goes on with what the past run put out at this step, or at one with the same action; else it waits here."""
        past = self.past.get(step.name) or self._with_action(step.action)
        if past is not None and past.state == DONE:
            self._settle(step.name, DONE, AS_IN_THE_RUN, said, past.output)
        else:
            self._settle(step.name, StepState.WAITING, otherwise, said, output)

    def _with_action(self, action: str) -> StepStanding | None:
        names = self.run.steps.filter(action=action).values_list("name", flat=True)
        return next((self.past[name] for name in names), None)

    def _settle(self, name: str, state: str, source: str, said: str, output: Any = None) -> None:
        past = self.past.get(name, StepStanding(""))
        self.known[name] = StepStanding(state, output or {})
        self.tried[name] = Tried(name, state, source, said, output or {}, past.state, past.output or {})


def try_on(definition: WorkflowDefinition, run: Run) -> list[Tried]:
    """What the definition would do with the past run's subject and inputs, step by step; nothing of it stays.

    At most five items of a `for_each` and twenty seconds are tried; the rest stands as in the past run.
    """
    with transaction.atomic():
        found = _Walk(definition, run).steps()
        transaction.set_rollback(True)
    return found


def _work(context: WorkContext, progress: Progress) -> WorkResult:
    trial = trial_with_id(parse_id(context.inputs["trial"]))
    definition = checked_definition(trial.version.text)
    progress.report(0, len(definition.steps), "trying the steps")
    found = try_on(definition, trial.run)
    Trial.objects.filter(pk=trial.pk).update(result={"steps": [asdict(one) for one in found]})
    told: dict[str, object] = {"steps": len(found), "differ": sum(one.differs for one in found)}
    return WorkResult(told, reverse("workflows:trial_detail", args=[trial.pk]))


def _told(output: Any) -> Any:
    """The output without ids and times, which are others each time."""
    if isinstance(output, Mapping):
        return {name: _told(value) for name, value in output.items() if not name.endswith(("_id", "_ids", "_at"))}
    if isinstance(output, list):
        return [_told(value) for value in output]
    return output


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def tried_steps(trial: Trial) -> list[Tried]:
    """What the trial found, as it is kept."""
    return [Tried(**one) for one in trial.result.get("steps", ())]


register_work(WorkKind(TRIAL, _work, "Nothing stays of a trial in any case."))
