"""Events as rows of numbers: the columns of a feature set, computed by the evaluator of rules. Loads Polars.

Every column is point in time: a value of an event knows nothing that came after it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from core.words import said
from monitoring.domains import domain_of
from monitoring.domains.base import Domain
from monitoring.learning.catalogue import Column, Feature, FeatureSet
from monitoring.rules.columns import Columns
from monitoring.rules.compiler import Compiler
from monitoring.rules.conditions import ConditionReader
from monitoring.rules.evaluator import ID, Outcome, in_order, outcome_of, prepare_each
from monitoring.scenarios.catalogue import ScenarioDefinition

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Progress = Callable[[Iterable[Any], int], Iterable[Any]]


def quietly(items: Iterable[Any], _total: int) -> Iterable[Any]:
    """No progress is shown."""
    return items


@dataclass(frozen=True)
class Rows:
    """How the rows of a frame lie: `frame` in order, and for each side the row of each event (-1: it has none)."""

    domain: Domain
    features: FeatureSet
    frame: pl.DataFrame
    places: dict[str, Ints]

    @property
    def number(self) -> int:
        """How many events."""
        return len(next(iter(self.places.values())))

    @property
    def any_place(self) -> Ints:
        """A row of each event, of the first side that it has."""
        found = np.full(self.number, -1, dtype=np.int64)
        for places in self.places.values():
            found = np.where(found < 0, places, found)
        return found

    def taken(self, values: npt.NDArray[Any], side: str) -> npt.NDArray[Any]:
        """Values by row as values by event: of a side, or (``""``) of any."""
        places = self.places.get(side, self.any_place)
        found = values[np.maximum(places, 0)]
        if found.dtype.kind == "f":
            found = np.where(places >= 0, found, np.nan).astype(found.dtype)
        return found

    def texts(self, name: str, side: str = "") -> pl.Series:
        """A field of each event as text."""
        places = self.places.get(side, self.any_place)
        column = self.frame[name].cast(pl.String).gather(np.maximum(places, 0))
        return pl.select(pl.when(pl.lit(pl.Series(places >= 0))).then(pl.lit(column))).to_series()

    @property
    def times(self) -> Ints:
        """The moment of each event in microseconds."""
        moments = self.frame[self.domain.time].dt.epoch("us").to_numpy()
        return moments[np.maximum(self.any_place, 0)]


def rows_of(frame: pl.DataFrame, event_ids: pl.DataFrame, features: FeatureSet) -> Rows:
    """The rows of events in the order of `event_ids` (column `id`)."""
    domain = domain_of(features.domain)
    ordered = in_order(frame, domain)
    numbers = event_ids.select(ID).with_row_index("event")
    located = ordered.select(ID, *([features.side_field] if features.side_field else [])).with_row_index("row")
    located = located.join(numbers, on=ID, how="inner", maintain_order="left")
    places: dict[str, Ints] = {}
    for side, value in (features.sides or {"": ""}).items():
        part = located.filter(pl.col(features.side_field) == value) if features.side_field else located
        found = np.full(len(event_ids), -1, dtype=np.int64)
        found[part["event"].to_numpy()] = part["row"].to_numpy()
        places[side] = found
    return Rows(domain, features, ordered, places)


@dataclass
class Matrix:
    """Numbers of events by column. Categories are texts apart in `categories` until an encoder makes them numbers."""

    columns: tuple[Column, ...]
    values: Floats
    categories: dict[str, pl.Series]

    def __getitem__(self, code: str) -> Floats:
        return self.values[:, [column.code for column in self.columns].index(code)]


def matrix_of(
    rows: Rows,
    *,
    definitions: Sequence[ScenarioDefinition] = (),
    on_progress: Progress = quietly,
    only: Sequence[str] = (),
) -> Matrix:
    """The matrix of the feature set's columns (or of `only` these), and of whether each scenario in `definitions` fires;
    costs a pass of the evaluator for each feature and scenario."""
    wanted = [column for column in rows.features.columns if not only or column.code in only]
    by_feature: dict[Feature, list[int]] = {}
    for number, column in enumerate(wanted):
        by_feature.setdefault(column.feature, []).append(number)
    values = np.full((rows.number, len(wanted)), np.nan, dtype=np.float32)
    categories: dict[str, pl.Series] = {}
    columns = Columns(rows.domain, rows.frame)
    for feature, numbers in on_progress(by_feature.items(), len(by_feature)):
        if isinstance(feature.operand, str) and rows.frame[feature.operand].null_count() == len(rows.frame):
            continue
        found = evaluated(columns, feature)
        for number in numbers:
            if feature.is_category:
                categories[wanted[number].code] = rows.texts(feature.operand, wanted[number].side)
            else:
                values[:, number] = rows.taken(found, wanted[number].side)
    fired = fired_columns(rows, [item for item in definitions if not only or f"fired_{item.code}" in only], on_progress)
    told = tuple(Column(fired_feature(item)) for item in definitions if not only or f"fired_{item.code}" in only)
    return Matrix((*wanted, *told), np.hstack([values, fired]), categories)


def fired_feature(definition: ScenarioDefinition) -> Feature:
    """Whether a scenario fires on an event, as a feature."""
    return Feature(f"fired_{definition.code}", said("scenario {title}", title=definition.title), "Scenarios",
                   sentence="the scenario {title} fires: {value} (1 yes)", values={"title": definition.title})  # fmt: skip


def fired_columns(rows: Rows, definitions: Sequence[ScenarioDefinition], on_progress: Progress) -> Floats:
    """1 where a scenario fires on a row of the event, whichever side's, else 0. A column each."""
    found = np.zeros((rows.number, len(definitions)), dtype=np.float32)
    rules = [definition.checked() for definition in definitions]
    prepared = prepare_each(rows.frame, rules)
    for number, (rule, part) in enumerate(on_progress(zip(rules, prepared, strict=True), len(rules))):
        mask = part.frame.select((outcome_of(rule, part.compiler) == Outcome.FIRED.value).alias("fired"))["fired"]
        fired = mask.fill_null(False).to_numpy()
        for places in rows.places.values():
            found[:, number] = np.maximum(found[:, number], np.where(places >= 0, fired[np.maximum(places, 0)], False))
    return found


def evaluated(columns: Columns, feature: Feature) -> npt.NDArray[np.float32]:
    """A feature of every row; the columns it takes are left behind when it is done. A category is all zeros."""
    if feature.is_category:
        return np.zeros(len(columns.frame), dtype=np.float32)
    reader = ConditionReader(columns.domain, {})
    path = f"/{feature.code}"
    read = (
        reader.condition(feature.operand, path, 0) if feature.is_condition else reader.operand(feature.operand, path)[0]
    )
    if reader.faults:
        raise ValueError(f"{feature.code} is no operand of {columns.domain.code}: {reader.faults}")
    base = columns.frame
    columns.add(read)
    compiler = Compiler(columns.domain, columns.names)
    expression: Any = (compiler.condition if feature.is_condition else compiler.operand)(read)  # type: ignore[arg-type]
    found = columns.frame.select(expression.cast(pl.Float32).alias("found"))["found"].fill_null(np.nan).to_numpy()
    columns.frame = base
    columns.names.clear()
    return np.where(np.isfinite(found), found, np.nan).astype(np.float32)
