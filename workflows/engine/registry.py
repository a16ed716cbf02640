"""What a step can do: actions, registered by the apps that own them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.actor import Actor
from workflows.engine.parameters import Parameter


@dataclass(frozen=True)
class StepContext:
    """What an action knows: which step of which run, the run's inputs (ids), and what earlier steps put out.

    `parameters` are what stands under `with`, typed by the action; `item` is the one of a `for_each`. `attempt` starts
    at 1. `stream` is the audit stream to append to, `by` the actor to record.
    """

    run_id: UUID
    step_id: UUID
    step_name: str
    attempt: int
    subject_type: str
    subject_id: UUID
    inputs: dict[str, object]
    parameters: dict[str, object]
    outputs: dict[str, object]
    stream: str
    by: Actor
    item: object = None

    def reference(self, name: str) -> str:
        """The id called `name`: of the item (a text is a customer's), of the inputs, else of a step before; '' where none."""
        if isinstance(self.item, str) and name == "customer_id":
            return self.item
        places = (self.item, self.inputs, *reversed(self.outputs.values()))
        return next((str(place[name]) for place in places if isinstance(place, Mapping) and place.get(name)), "")


@dataclass(frozen=True)
class StepOutcome:
    """What a step put out: ids, counts and codes, never personal data. `parked` waits for a person, for `reason`."""

    output: dict[str, object] = field(default_factory=dict)
    parked: bool = False
    reason: str = ""


class Action:
    """One thing a step can do. `name` stands in the YAML, `summary` is one sentence for the guide and the editor.

    `answers_from_outside`: what it puts out comes from another system and may be about a person; it is shown masked.
    `is_tried_out`: a trial may do it, because all it does is rows of the database that the trial takes back.
    """

    name: str = ""
    summary: str = ""
    parameters: Mapping[str, Parameter] = {}
    answers_from_outside: bool = False
    is_tried_out: bool = False

    def work(self, context: StepContext) -> object:
        """The slow part, outside any transaction: reads, computes, calls out. May run more than once; writes nothing."""
        return None

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        """The effects, inside the transaction that also completes the step and that is fenced by the attempt."""
        raise TypeError(f"{type(self).__name__} does not say what it commits")


_actions: dict[str, Action] = {}


def register_action(action: Action) -> None:
    """Makes an action usable in definitions; raises ValueError where its name is taken."""
    if action.name in _actions:
        raise ValueError(f"the action {action.name} is registered twice")
    _actions[action.name] = action


def action_named(name: str) -> Action:
    """The action of this name; raises KeyError where there is none."""
    return _actions[name]


def action_names() -> list[str]:
    """Every registered name, sorted."""
    return sorted(_actions)


def actions_with_parameters() -> dict[str, Mapping[str, Parameter]]:
    """Every registered action with what it takes, by name: what a definition is checked against."""
    return {name: _actions[name].parameters for name in action_names()}


def actions_with_summaries() -> list[Action]:
    """Every registered action, by name."""
    return [_actions[name] for name in action_names()]
