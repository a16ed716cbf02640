"""What is too long for a request, in three calls.

1. In a module that the app's `ready` imports, say what the work is:
   `register_work(WorkKind("list import", import_uploaded, "Nothing of the new list is kept."))`
2. In the view, start it and go where it can be watched:
   `work = start_work(kind="list import", title=name, inputs={...}, file=upload, by=actor)`
   `return redirect("workflows:work_detail", work.pk)`
3. In the function, say how far it is: `progress.report(done, total, "storing entries")`

The function gets a `WorkContext` and a `Progress` and gives a `WorkResult`. It may be run again after a crash, so what
it commits must be harmless to repeat; it keeps its transactions short and reports between them. A ProbityError that it
raises is shown to the person with its faults. Pure: nothing here knows the database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from core.actor import Actor
from core.exceptions import Fault

_LEAST_SECONDS = 2.0
_WINDOW = 30.0


@dataclass(frozen=True)
class WorkContext:
    """What the work was started with; `path` is the uploaded file, gone when the work ends."""

    work_id: UUID
    inputs: dict[str, object]
    path: Path | None
    by: Actor


@dataclass(frozen=True)
class WorkResult:
    """Counts and ids to keep (no personal data), the page that shows what came of it, what of the input was refused."""

    told: dict[str, object] = field(default_factory=dict)
    url: str = ""
    faults: Sequence[Fault] = ()


class Progress(Protocol):
    """How the work says how far it is."""

    def report(self, done: int, total: int | None = None, stage: str = "") -> None:
        """Keeps and shows the figures, at most twice a second. Ends the work here where somebody cancelled it."""


@dataclass(frozen=True)
class WorkKind:
    """`function` does the work; `when_cancelled` tells people, in a sentence, what cancelling leaves behind."""

    name: str
    function: Callable[[WorkContext, Progress], WorkResult]
    when_cancelled: str


_kinds: dict[str, WorkKind] = {}


def register_work(kind: WorkKind) -> None:
    """Makes a kind of long work startable; raises ValueError where its name is taken."""
    if kind.name in _kinds:
        raise ValueError(f"the long work {kind.name} is registered twice")
    _kinds[kind.name] = kind


def work_kind(name: str) -> WorkKind | None:
    """The kind of this name; None where no installed app knows it any more."""
    return _kinds.get(name)


def seconds_left(samples: Sequence[tuple[float, int]], total: int | None, at: float) -> float | None:
    """Seconds until `total`, at the speed of the last half minute; None where nothing honest can be said.

    `samples` are (seconds since the start, how much was done), oldest first; `at` is now on the same scale. Nothing is
    said in the first two seconds, without a total, or when nothing has moved for longer than the whole window before.
    """
    if total is None or len(samples) < 2 or at < _LEAST_SECONDS:  # noqa: PLR2004 - a speed needs two moments
        return None
    newest_at, newest = samples[-1]
    earlier = [sample for sample in samples if sample[0] >= newest_at - _WINDOW]
    first_at, first = earlier[0] if len(earlier) > 1 else samples[-2]
    moved, took = newest - first, newest_at - first_at
    if moved <= 0 or took <= 0 or at - newest_at > max(took, _LEAST_SECONDS):
        return None
    return max(0.0, (total - newest) * took / moved - (at - newest_at))
