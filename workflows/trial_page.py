"""A trial as its page shows it: the picture, and each step beside what happened in the past run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.words import said
from workflows.definition_page import definition_in
from workflows.drawing import Picture, Standing, picture_of
from workflows.engine.masking import Shown, shown_values
from workflows.enums import StepState
from workflows.models import Trial
from workflows.trials import AS_IN_THE_RUN, CONDITION, DONE_AND_TAKEN_BACK, NOT_KNOWN, Tried

_SOURCES = {
    DONE_AND_TAKEN_BACK: said("done on the real facts, and taken back"), AS_IN_THE_RUN: said("not done; goes on as in the past run"),
    NOT_KNOWN: said("not done; nothing in the past run says how it would go on"), CONDITION: said("by its condition"),
}  # fmt: skip


@dataclass(frozen=True)
class TrialLine:
    """A step of the trial: what would happen, how that is known, what did happen, and the values that differ."""

    tried: Tried
    word: str
    source: str
    past_word: str
    changes: Sequence[tuple[str, Shown | None, Shown | None]]


def picture_of_trial(trial: Trial, found: Sequence[Tried]) -> Picture | None:
    """The version's graph with what would happen; None while its draft has faults or before the trial has ended."""
    definition = definition_in(trial.version.text)
    if definition is None or not found:
        return None
    return picture_of(
        definition,
        {one.name: Standing(one.state, _word(one.state), "differs" if one.differs else "") for one in found},
    )


def lines_of_trial(found: Sequence[Tried]) -> list[TrialLine]:
    """A line for each step; values that may be about a person are closed."""
    return [
        TrialLine(
            one, _word(one.state), _SOURCES.get(one.source, ""), _word(one.past_state),
            _changes(one.past_output, one.output),
        )
        for one in found
    ]  # fmt: skip


def _changes(past: Any, would: Any) -> list[tuple[str, Shown | None, Shown | None]]:
    before, after = _by_name(past), _by_name(would)
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    kept = [name for name in names if not name.split("[")[0].endswith(("_id", "_ids", "_at"))]
    return [(name, before.get(name), after.get(name)) for name in kept]


def _by_name(values: Any) -> dict[str, Shown]:
    return {one.name: one for one in shown_values(values, is_open=False)} if isinstance(values, Mapping) else {}


def _word(state: str) -> str:
    return str(StepState(state).label) if state in StepState.values else said("not there")
