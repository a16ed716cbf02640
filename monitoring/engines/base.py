"""What an engine is given and gives."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.scoring import Scored

Progress = Callable[[Iterable[Any], int], Iterable[Any]]


class EngineAbsent(Exception):
    """The engine cannot run here; the message says what is missing and how to get it."""


@dataclass(frozen=True)
class Job:
    """Rows of one domain (sorted, see `schema_of`) to be judged by definitions, and how progress is shown."""

    frame: pl.DataFrame
    definitions: Sequence[ScenarioDefinition]
    base_currency: str
    on_progress: Progress


class Engine(Protocol):
    """Runs a job; what it gives is the same on every engine, whatever the order of the firings."""

    def __call__(self, job: Job) -> Scored: ...
