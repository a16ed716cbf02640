"""Past cases that a new event can be laid beside: labelled events of training, and how near one is to another.

Columns are compared by rank (the share of training events below the value), weighted by how much the model uses them, so
that amounts and counts are of one size. A case is kept by its event id; accounts are not.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from monitoring.learning.matrix import Floats

NEAREST, MOST_CASES = 3, 400
_LEVELS = np.linspace(0, 1, 101)


@dataclass(frozen=True)
class CaseBase:
    """`ranked` are the cases' ranks by column, `grid` the values at each level, `weights` add up to one."""

    event_ids: list[str]
    outcomes: list[int]
    ranked: Floats
    grid: Floats
    weights: Floats

    def ranks(self, values: Floats) -> Floats:
        """Values as ranks; a missing one lies below all others."""
        found = np.empty(values.shape, dtype=np.float32)
        for column in range(values.shape[1]):
            found[:, column] = np.searchsorted(self.grid[:, column], values[:, column], side="right") / len(_LEVELS)
        return np.where(np.isnan(values), -0.1, found).astype(np.float32)

    def nearest(self, values: Floats) -> list[list[dict[str, Any]]]:
        """For each event the nearest cases: event id, outcome, and likeness from 0 to 1."""
        found: list[list[dict[str, Any]]] = []
        for row in self.ranks(values):
            apart = np.abs(self.ranked - row) @ self.weights
            order = np.argsort(apart, kind="stable")[:NEAREST]
            found.append([
                {"event_id": self.event_ids[at], "suspicious": bool(self.outcomes[at]), "likeness": round(1 - float(apart[at]), 3)}
                for at in order
            ])  # fmt: skip
        return found


def case_base(
    event_ids: list[str], values: Floats, labels: npt.NDArray[Any], importance: npt.NDArray[Any], *, seed: int = 0
) -> CaseBase:
    """As many labelled suspicious events as ordinary ones, at most MOST_CASES of each."""
    rng = np.random.default_rng(seed)
    chosen: list[int] = []
    for outcome in (1, 0):
        of_it = np.flatnonzero(labels == outcome)
        chosen += sorted(rng.choice(of_it, min(len(of_it), MOST_CASES), replace=False).tolist())
    grid = np.nan_to_num(np.nanquantile(values, _LEVELS, axis=0)).astype(np.float32)
    weights = (importance / max(importance.sum(), 1e-9)).astype(np.float32)
    empty = CaseBase([], [], np.zeros((0, values.shape[1]), dtype=np.float32), grid, weights)
    return CaseBase(
        [event_ids[at] for at in chosen], [int(labels[at]) for at in chosen], empty.ranks(values[chosen]), grid, weights
    )
