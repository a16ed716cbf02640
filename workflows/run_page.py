"""What a run's page shows: the run as a whole, and one step of it in full."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.clock import now
from core.words import said
from workflows.drawing import Picture, picture_of, seconds_of, standings_of, state_word
from workflows.engine.conditions import Path
from workflows.engine.definition import StepDefinition, WorkflowDefinition
from workflows.engine.links import Link, links_of
from workflows.engine.masking import Shown, shown_values
from workflows.engine.registry import action_named, action_names
from workflows.engine.wording import condition_text, failure_text, retry_text, seconds_text, value_text
from workflows.enums import RunState
from workflows.exceptions import DefinitionInvalid
from workflows.models import Run, StepAttempt, StepRun
from workflows.selectors import definition_of, steps_of_run

_FOREIGN_INPUTS = "webhook"
_MOST_ITEMS = 200


@dataclass(frozen=True)
class StepLine:
    """A line of the table that says what the picture shows."""

    position: int
    row: StepRun
    word: str
    took: str


@dataclass(frozen=True)
class RunView:
    """A run with its picture; None where its text is not understood any more (an action was taken out of the product)."""

    run: Run
    picture: Picture | None
    lines: Sequence[StepLine]
    took: str
    subject: Sequence[Link]
    is_open: bool


@dataclass(frozen=True)
class AttemptView:
    """One attempt: when, how long, what came of it. `attempt` is None where its worker was killed."""

    number: int
    attempt: StepAttempt | None = None
    took: str = ""


@dataclass(frozen=True)
class StepView:
    """A step in full. `row` is None where it has not been reached; `has_closed` where something is masked."""

    position: int
    name: str
    action: str
    summary: str
    facts: Sequence[tuple[str, str]]
    row: StepRun | None = None
    items: Sequence[StepRun] = ()
    took: str = ""
    word: str = ""
    given: Sequence[Shown] = ()
    inputs: Sequence[Shown] = ()
    output: Sequence[Shown] = ()
    attempts: Sequence[AttemptView] = field(default_factory=list)
    links: Sequence[Link] = ()
    is_open: bool = False

    @property
    def has_closed(self) -> bool:
        return any(one.is_closed for group in (self.given, self.inputs, self.output) for one in group)


def view_of_run(run: Run, viewer: Any) -> RunView:
    """The run as its page shows it to `viewer`."""
    rows = list(steps_of_run(run))
    definition = understood(run)
    picture = picture_of(definition, standings_of(rows)) if definition else None
    moment = now()
    lines = [StepLine(row.position, row, state_word(row), _took(row, moment)) for row in rows[:_MOST_ITEMS]]
    subject = links_of([(f"{run.subject_type}_id", str(run.subject_id)), *run.inputs.items()], viewer)
    is_open = run.state in {RunState.RUNNING, RunState.WAITING, RunState.DEAD}
    took = seconds_text(((run.finished_at or moment) - run.created_at).total_seconds())
    return RunView(run, picture, lines, took, subject, is_open)


@dataclass(frozen=True)
class ListLine:
    """A run in the list: what it is about, how long it took, and the step that stopped it or waits."""

    run: Run
    about: Link | None
    took: str
    stopped_at: str


def lines_of_list(runs: Iterable[Any], links: Mapping[str, Link]) -> list[ListLine]:
    """A line for each run of `run_filters.filtered_runs`, with the links found for all of them."""
    moment = now()
    return [
        ListLine(
            run, links.get(str(run.subject_id)),
            seconds_text(((run.finished_at or moment) - run.created_at).total_seconds()), run.stopped_at or "",
        )
        for run in runs
    ]  # fmt: skip


def view_of_step(run: Run, position: int, viewer: Any, *, number: int = 0, is_open: bool = False) -> StepView | None:
    """The step at this place of the run's text (the item `number` of it); None where there is no such step.

    `is_open` shows what may be about a person; whoever opens it records that.
    """
    items = list(run.steps.filter(position=position).order_by("number")[:_MOST_ITEMS])
    row = next((one for one in items if one.number == number), items[0] if items else None)
    definition = understood(run)
    if definition and position < len(definition.steps):
        step = definition.steps[position]
        name, action, facts, given = step.name, step.action, facts_of(step), given_by(step)
    elif row:
        name, action, facts, given = row.name, row.action, [], {}
    else:
        return None
    summary = action_named(action).summary if action in action_names() else ""
    plain = StepView(position, name, action, summary, facts, given=shown_values(given, is_open=True))
    return _with_row(plain, run, row, items, viewer, is_open=is_open) if row else plain


def _with_row(
    plain: StepView, run: Run, row: StepRun, items: Sequence[StepRun], viewer: Any, *, is_open: bool
) -> StepView:
    foreign = run.version.workflow.trigger == _FOREIGN_INPUTS
    inputs = shown_values(run.inputs, is_open=is_open, is_foreign=foreign)
    if row.item is not None:
        inputs += shown_values({"item": row.item}, is_open=is_open, is_foreign=True)
    output = shown_values(row.output, is_open=is_open, is_foreign=_is_foreign(plain.action))
    return StepView(
        **{name: getattr(plain, name) for name in ("position", "name", "action", "summary", "facts", "given")},
        row=row, items=items if row.item is not None else (), took=_took(row, now()), word=state_word(row), inputs=inputs,
        output=output, attempts=attempts_of(row), links=links_of(row.output.items(), viewer), is_open=is_open,
    )  # fmt: skip


def attempts_of(row: StepRun) -> list[AttemptView]:
    """Every attempt, oldest first; one that left no trace had its worker killed."""
    found: list[AttemptView] = []
    for attempt in row.attempts.all():
        before = found[-1].number if found and found[-1].number < attempt.number else 0
        found += [AttemptView(lost) for lost in range(before + 1, attempt.number)]
        took = (attempt.created_at - attempt.started_at).total_seconds()
        found.append(AttemptView(attempt.number, attempt, seconds_text(max(0.0, took))))
    return found


def understood(run: Run) -> WorkflowDefinition | None:
    """The run's definition; None where the product does not understand its text any more."""
    try:
        return definition_of(run.version.text)
    except DefinitionInvalid:
        return None


def facts_of(step: StepDefinition) -> list[tuple[str, str]]:
    """What the definition says of the step, in words."""
    facts = [(said("Needs"), ", ".join(step.needs) or said("nothing: it starts at once"))]
    if step.when:
        facts.append((said("When"), condition_text(step.when)))
    if step.for_each:
        facts.append((said("For each of"), value_text(step.for_each)))
    facts.append((said("Errors"), retry_text(step.retry)))
    if step.timeout:
        facts.append((said("Time"), said("at most {seconds_text}", seconds_text=seconds_text(step.timeout))))
    facts.append((said("Given up"), failure_text(step.on_failure)))
    return facts


def given_by(step: StepDefinition) -> dict[str, Any]:
    """What stands under `with`; a value that is taken from the run as where it is taken from."""
    return {name: value_text(one) if isinstance(one, Path) else one for name, one in step.parameters.items()}


def _is_foreign(action: str) -> bool:
    return action in action_names() and action_named(action).answers_from_outside


def _took(row: StepRun, moment: datetime) -> str:
    seconds = seconds_of(row, moment)
    return "" if seconds is None else seconds_text(seconds)
