"""How the events of today differ from those a model learnt from: the population stability index, and distributions.

PSI (Siddiqi 2006): below 0.1 nothing to speak of, from 0.25 on the model sees other events than it learnt from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from monitoring.learning.matrix import Floats

_BINS, _LEAST = 10, 1e-4


@dataclass(frozen=True)
class Distribution:
    """Of one column in training: edges of bins of equally many events, the share of each (missing ones first), and
    where its middle and ends lie."""

    edges: list[float]
    shares: list[float]
    low: float | None
    median: float | None
    high: float | None

    def shares_of(self, values: npt.NDArray[Any]) -> list[float]:
        """The shares of other events in the same bins."""
        return _shares(values, self.edges)

    def psi(self, values: npt.NDArray[Any]) -> float:
        """The population stability index of other events."""
        return psi(self.shares, self.shares_of(values))


def psi(before: Sequence[float], after: Sequence[float]) -> float:
    """The index of two lists of shares of the same bins."""
    was, is_now = np.maximum(np.array(before), _LEAST), np.maximum(np.array(after), _LEAST)
    return round(float(((is_now - was) * np.log(is_now / was)).sum()), 5)


def distribution_of(values: npt.NDArray[Any]) -> Distribution:
    """The distribution of a column."""
    present = values[~np.isnan(values)]
    if not len(present):
        return Distribution([], [1.0], None, None, None)
    edges = np.unique(np.quantile(present, np.linspace(0, 1, _BINS + 1)[1:-1])).tolist()
    low, median, high = (float(value) for value in np.quantile(present, [0.05, 0.5, 0.95]))
    return Distribution([float(edge) for edge in edges], _shares(values, edges), low, median, high)


def _shares(values: npt.NDArray[Any], edges: Sequence[float]) -> list[float]:
    missing = np.isnan(values)
    bins = np.searchsorted(np.array(edges), values[~missing], side="left")
    counts = [int(missing.sum()), *np.bincount(bins, minlength=len(edges) + 1).tolist()]
    return [round(count / max(len(values), 1), 6) for count in counts]


def distributions_of(codes: Sequence[str], values: Floats) -> dict[str, Distribution]:
    """The distribution of every column."""
    return {code: distribution_of(values[:, number]) for number, code in enumerate(codes)}
