"""The picture of a graph for its template: boxes with what stands in them, and lines between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.clock import now
from core.language import in_words
from core.words import said
from workflows.engine.definition import StepDefinition, WorkflowDefinition
from workflows.engine.definition.shapes import COMPENSATE
from workflows.engine.layout import Layout, Line, lay_out
from workflows.engine.wording import condition_text, seconds_text, value_text
from workflows.enums import StepState
from workflows.models import StepRun

_MOST_LETTERS = 27
_MARKS = {
    StepState.DONE: "✓", StepState.RUNNING: "▶", StepState.WAITING: "‖", StepState.DEAD: "✕", StepState.FAILED: "!",
    StepState.SKIPPED: "–", StepState.CANCELLED: "✕", StepState.PENDING: "…",
}  # fmt: skip
# Of a step's items the one that needs somebody most stands for all.
_GRAVEST = (
    StepState.DEAD, StepState.WAITING, StepState.RUNNING, StepState.PENDING, StepState.FAILED, StepState.CANCELLED,
    StepState.DONE, StepState.SKIPPED,
)  # fmt: skip
_SETTLED = {StepState.DONE, StepState.FAILED, StepState.SKIPPED}


@dataclass(frozen=True)
class Standing:
    """How a step stands: its state, that state in a word, and attempt, items and duration in words."""

    state: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Box:
    """A step in the picture. `position` counts in the text's order; `notes` say condition and loop."""

    position: int
    step: StepDefinition
    x: int
    y: int
    standing: Standing | None
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name, cut where the box ends."""
        return cut(self.step.name)

    @property
    def last_line(self) -> str:
        """What stands at the foot of the box: how the step stands, or what it depends on."""
        told = (self.standing.label, self.standing.detail) if self.standing else self.notes
        return cut(" · ".join(str(in_words(part)) for part in told if part), 32)

    @property
    def mark(self) -> str:
        """A sign of the state, so that colour is not all that tells."""
        return _MARKS.get(StepState(self.standing.state), "") if self.standing and self.standing.state else ""


@dataclass(frozen=True)
class Picture:
    """Boxes in the text's order, lines, and the size."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def picture_of(definition: WorkflowDefinition, standings: Mapping[str, Standing] | None = None) -> Picture:
    """The definition's graph, with how each step stands where a run is shown."""
    laid = layout_of(definition)
    boxes = tuple(
        Box(position, step, place.x, place.y, _standing(step, standings), notes_of(step))
        for position, (step, place) in enumerate(zip(definition.steps, laid.places, strict=True))
    )
    return Picture(boxes, laid.lines, laid.width, laid.height)


def layout_of(definition: WorkflowDefinition) -> Layout:
    """Where the definition's steps stand."""
    undone = {step.name: step.on_failure.step for step in definition.steps if step.on_failure.what == COMPENSATE}
    return lay_out({step.name: step.needs for step in definition.steps}, undone)


def notes_of(step: StepDefinition) -> tuple[str, ...]:
    """What the step depends on besides other steps."""
    return (
        *([said("when {condition_text}", condition_text=condition_text(step.when))] if step.when else ()),
        *([said("for each of {value_text}", value_text=value_text(step.for_each))] if step.for_each else ()),
    )


def standings_of(rows: Sequence[StepRun]) -> dict[str, Standing]:
    """How each step that was reached stands, from its rows (one, or one for each item)."""
    by_name: dict[str, list[StepRun]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    return {name: _standing_of(found) for name, found in by_name.items()}


def seconds_of(row: StepRun, moment: datetime | None = None) -> float | None:
    """Seconds that the step's last attempt took, or has taken until `moment`; None where it was not tried."""
    if row.started_at is None or (row.finished_at is None and row.state != StepState.RUNNING):
        return None
    return max(0.0, ((row.finished_at or moment or now()) - row.started_at).total_seconds())


def cut(text: str, most: int = _MOST_LETTERS) -> str:
    """The text, with an ellipsis where it is longer than a box."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _standing(step: StepDefinition, standings: Mapping[str, Standing] | None) -> Standing | None:
    return None if standings is None else standings.get(step.name, Standing("", said("Not reached")))


def _standing_of(rows: Sequence[StepRun]) -> Standing:
    row = min(rows, key=lambda one: _GRAVEST.index(StepState(one.state)))
    parts = []
    if row.item is not None:
        parts.append(said("{sum} of {rows} items", sum=sum(one.state in _SETTLED for one in rows), rows=len(rows)))
    elif row.attempt > 1:
        parts.append(said("attempt {attempt}", attempt=row.attempt))
    took = [found for found in map(seconds_of, rows) if found is not None]
    if took:
        parts.append(seconds_text(max(took)))
    return Standing(row.state, state_word(row), ", ".join(parts))


def state_word(row: StepRun) -> str:
    """The state in a word that fits a box."""
    if row.state == StepState.PENDING and row.attempt:
        return said("Tried again soon")
    return {
        StepState.WAITING: said("Waiting"),
        StepState.DEAD: said("Stopped"),
        StepState.FAILED: said("Failed, went on"),
    }.get(StepState(row.state), row.get_state_display())
