"""A trained model whole: how events become numbers, how these become a score, and what it takes to explain one."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import lightgbm
import numpy as np
import polars as pl
from sklearn.ensemble import IsolationForest

from monitoring.learning.calibration import Calibration, Percentiles
from monitoring.learning.cases import CaseBase
from monitoring.learning.catalogue import Column, Feature, FeatureSet
from monitoring.learning.drift import Distribution
from monitoring.learning.encoding import Encoder
from monitoring.learning.estimators import Scores, chance_of, log_odds
from monitoring.learning.isolation import as_booster, unusual_contributions
from monitoring.learning.matrix import Floats, Matrix, Progress, Rows, fired_feature, matrix_of, quietly
from monitoring.learning.propagation import KnownAccounts, echo_columns, echoes, known_cases, known_columns
from monitoring.learning.sets import feature_sets
from monitoring.scenarios.catalogue import ScenarioDefinition

ANOMALY = Column(
    Feature("anomaly", "how unusual it is", "Unusual", None, 3, "an isolation forest rates it {value} unusual")
)


@dataclass(frozen=True)
class Scored:
    """Of each event: log odds, calibrated chance, percentile within its segment, how unusual it is (percentile), and the
    columns it was judged by."""

    odds: Scores
    chances: Scores
    percentiles: Scores
    unusual: Scores
    values: Floats
    segments: pl.Series | None = None


@dataclass(frozen=True)
class Model:
    """`first` scores events for the echo, `final` with it. `usual` are the columns' ordinary values;
    `definitions` the scenarios whose firings are columns, as they were in training."""

    domain: str
    encoder: Encoder
    anomaly: IsolationForest
    first: list[Any]
    final: list[Any]
    known: KnownAccounts
    calibration: Calibration
    percentiles: Percentiles
    unusual: Percentiles
    threshold: float
    usual: Floats
    cases: CaseBase
    distributions: dict[str, Distribution]
    definitions: list[ScenarioDefinition]

    @property
    def features(self) -> FeatureSet:
        """The feature set of its domain."""
        return feature_sets()[self.domain]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column the final estimators see, in order."""
        fired = (Column(fired_feature(definition)) for definition in self.definitions)
        known = {column.code: column for column in (*self.features.columns, *fired)}
        return (*(known[code] for code in self.encoder.columns), ANOMALY, *further_columns(self.features))

    def column(self, code: str) -> Column:
        """The column with this code; raises KeyError."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Column]:
        return {column.code: column for column in self.columns}

    @property
    def threshold_odds(self) -> float:
        """The threshold as log odds of the final estimators."""
        chance = min(max(self.threshold, 1e-12), 1 - 1e-12)
        return float((np.log(chance / (1 - chance)) - self.calibration.intercept) / self.calibration.slope)

    def matrix(self, rows: Rows, *, on_progress: Progress = quietly) -> Matrix:
        """The columns that the encoder takes."""
        return matrix_of(rows, definitions=self.definitions, on_progress=on_progress, only=self.encoder.columns)

    def scored(self, rows: Rows, matrix: Matrix) -> Scored:
        """Every event scored. The echo is of these very rows, so an event's history must be among them."""
        base = self.encoder.encoded(matrix)
        unusual = unusualness(self.anomaly, self.encoder.imputed(base))
        early = np.column_stack([base, unusual.astype(np.float32)])
        echo = echoes(rows, chance_of(log_odds(self.first, early)))
        values = np.column_stack([early, known_cases(rows, self.known), echo])
        odds = log_odds(self.final, values)
        chances = self.calibration.chance(odds)
        segments = rows.texts(self.features.segment) if self.features.segment else None
        return Scored(
            odds, chances, self.percentiles.of(chances, segments), self.unusual.of(unusual, segments), values, segments
        )

    @cached_property
    def _anomaly_as_booster(self) -> lightgbm.Booster:
        return as_booster(self.anomaly)

    @property
    def unusual_from(self) -> float:
        """The percentile from which an event is called unusual: the policy's contamination lies above it."""
        return 100 * (1 - float(self.anomaly.contamination))

    def why_unusual(self, values: Floats) -> tuple[Floats, Scores]:
        """(amount by event and column of the encoder, base by event) of how unusual events are; see `isolation`."""
        imputed = self.encoder.imputed(values[:, : len(self.encoder.columns)])
        return unusual_contributions(self._anomaly_as_booster, imputed, cores=self.anomaly.n_jobs or 1)

    def inputs(self, scored: Scored, row: int) -> dict[str, Any]:
        """What an event's score was computed from, as JSON that holds every bit; None is a missing value."""
        values = zip(self.columns, scored.values[row].tolist(), strict=True)
        return {
            "values": {column.code: None if value != value else value for column, value in values},  # noqa: PLR0124 - NaN
            "segment": None if scored.segments is None else scored.segments[row],
        }

    def again(self, inputs: dict[str, Any]) -> tuple[float, float]:
        """Chance and percentile from what `inputs` gave. Raises KeyError for a column that it does not have."""
        told = [inputs["values"][column.code] for column in self.columns]
        values = np.array([[np.nan if value is None else value for value in told]])
        chances = self.calibration.chance(log_odds(self.final, values))
        segments = None if inputs["segment"] is None else pl.Series([inputs["segment"]], dtype=pl.String)
        return float(chances[0]), float(self.percentiles.of(chances, segments)[0])


def further_columns(features: FeatureSet) -> tuple[Column, ...]:
    """The columns that come after the encoder's and the anomaly."""
    return (*known_columns(features), *echo_columns(features))


def unusualness(forest: IsolationForest, imputed: Floats) -> Scores:
    """How unusual events are: 0 to 1, higher is more unusual."""
    return np.asarray(-forest.score_samples(imputed), dtype=np.float64)
