"""From a model's log odds to a chance, a percentile among comparable events, and a threshold."""

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from sklearn.linear_model import LogisticRegression

from monitoring.learning.estimators import Scores, chance_of

_LEVELS = np.unique(np.concatenate([np.linspace(0, 0.99, 199), 1 - np.logspace(-2, -6, 81), [1.0]]))
LEAST_OF_SEGMENT = 1_000


@dataclass(frozen=True)
class Calibration:
    """`slope` and `intercept` over the log odds (Platt 1999): it keeps the order, so that no two events become equal."""

    slope: float = 1.0
    intercept: float = 0.0

    def chance(self, odds: Scores) -> Scores:
        """The calibrated chance."""
        return chance_of(odds * self.slope + self.intercept)


def calibration_of(odds: Scores, labels: npt.NDArray[Any]) -> Calibration:
    """Fitted on scores of events that the model had not learnt from; without both labels nothing is changed."""
    if labels.min(initial=1) == labels.max(initial=0):
        return Calibration()
    made = LogisticRegression(C=1e6).fit(odds.reshape(-1, 1), labels)
    slope = float(made.coef_[0, 0])
    return Calibration(slope, float(made.intercept_[0])) if slope > 0 else Calibration()


@dataclass(frozen=True)
class Percentiles:
    """Values at fixed levels, of all events and of each segment with enough of them: a score's place among its like."""

    every: list[float]
    segments: dict[str, list[float]] = field(default_factory=dict)

    def of(self, values: Scores, segments: pl.Series | None = None) -> Scores:
        """0 to 100 for each value, within its segment where that is known."""
        found = _placed(values, self.every)
        if segments is not None and self.segments:
            for name, levels in self.segments.items():
                here = (segments == name).fill_null(False).to_numpy()
                found[here] = _placed(values[here], levels)
        return found

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def percentiles_of(values: Scores, segments: pl.Series | None = None) -> Percentiles:
    """The percentiles of these events."""
    apart: dict[str, list[float]] = {}
    if segments is not None:
        for name in segments.drop_nulls().unique().sort().to_list():
            here = values[(segments == name).fill_null(False).to_numpy()]
            if len(here) >= LEAST_OF_SEGMENT:
                apart[name] = np.quantile(here, _LEVELS).tolist()
    return Percentiles(np.quantile(values, _LEVELS).tolist(), apart)


def _placed(values: Scores, levels: list[float]) -> Scores:
    known = np.array(levels)
    low, high = np.searchsorted(known, values, "left"), np.searchsorted(known, values, "right")
    between = np.interp(values, *_ascending(known))
    return np.round(100 * np.where(low < high, _LEVELS[np.minimum(high - 1, len(known) - 1)], between), 4)


def _ascending(known: Scores) -> tuple[Scores, Scores]:
    unique, first = np.unique(known, return_index=True)
    return unique, _LEVELS[first]


@dataclass(frozen=True)
class Policy:
    """How the threshold is chosen: by alerts per thousand events (0: half as many again as were suspicious, at least 5), or
    (where given) by what a miss and a false alert cost. `contamination`: the share of events that may be called unusual."""

    per_thousand: float = 0.0
    miss_cost: float = 0.0
    alert_cost: float = 0.0
    contamination: float = 0.01

    def budget(self, base_rate: float) -> float:
        """Alerts per thousand events."""
        return self.per_thousand or max(5.0, 1500 * base_rate)

    def threshold(self, chances: Scores, base_rate: float) -> float:
        """The chance at and above which an event is flagged. By cost: alert where the expected miss costs more."""
        if self.miss_cost > 0 and self.alert_cost > 0:
            return self.alert_cost / (self.miss_cost + self.alert_cost)
        return float(np.quantile(chances, max(0.0, 1 - self.budget(base_rate) / 1000)))
