"""Why an event has its score: contributions, sentences with real values, what would lower it.

Contributions are SHAP values of trees (TreeSHAP, Lundberg 2020), exact, computed by LightGBM itself; of any other
estimator, by how the score falls when a feature takes its usual value. They are in log odds (of another estimator: in chance);
with the base they add up to the score.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import lightgbm
import numpy as np

from monitoring.learning.estimators import Scores, divisor, log_odds
from monitoring.learning.matrix import Floats

TOP, MOST_CHANGED, STEPS = 6, 3, 12
_REACHED = 1e-6


@dataclass(frozen=True)
class Contribution:
    """What one column added to (or took from) a score, and its value."""

    code: str
    value: float
    amount: float


@dataclass(frozen=True)
class Change:
    """A column's value with which (and with the other changes) the event would lie below the threshold."""

    code: str
    value: float
    instead: float


@dataclass(frozen=True)
class Explained:
    """Of one event: contributions, largest first, the rest of them, and changes that put it below the threshold."""

    base: float
    odds: float
    contributions: list[Contribution]
    rest: float
    changes: list[Change] = field(default_factory=list)


def contributions(estimators: list[Any], values: Floats, usual: Floats) -> tuple[Floats, Scores]:
    """(amount by event and column, base by event), the mean over the estimators."""
    total, base = np.zeros(values.shape, dtype=np.float64), np.zeros(len(values))
    for estimator in estimators:
        amounts, own = _of_one(estimator, values, usual)
        total, base = total + amounts, base + own
    return (total / len(estimators)).astype(np.float32), base / len(estimators)


def _of_one(estimator: Any, values: Floats, usual: Floats) -> tuple[Any, Any]:
    if not isinstance(estimator, lightgbm.LGBMClassifier):
        return _by_replacing(lambda part: estimator.predict_proba(part)[:, 1], values, usual)
    told = np.asarray(estimator.booster_.predict(values, pred_contrib=True, num_threads=estimator.n_jobs))
    told = told / divisor(estimator)
    return told[:, :-1], told[:, -1]


def _by_replacing(score: Callable[[Floats], Scores], values: Floats, usual: Floats) -> tuple[Any, Any]:
    """How the score falls when each column in turn takes its usual value, scaled to what all of them come to."""
    own, base = score(values), score(np.repeat(usual[None, :], len(values), axis=0))
    amounts = np.empty(values.shape)
    for column in range(values.shape[1]):
        changed = values.copy()
        changed[:, column] = usual[column]
        amounts[:, column] = own - score(changed)
    sums = amounts.sum(axis=1)
    scale = np.where(np.abs(sums) > _REACHED, (own - base) / np.where(sums == 0, 1, sums), 0)
    return amounts * scale[:, None], base


def explained(
    estimators: list[Any], codes: tuple[str, ...], values: Floats, usual: Floats, *, threshold_odds: float,
    fixed: frozenset[str] = frozenset(),
) -> list[Explained]:  # fmt: skip
    """Every event explained. `usual` are values that make an event ordinary, `fixed` columns that no counterfactual changes."""
    amounts, base = contributions(estimators, values, usual)
    odds = log_odds(estimators, values)
    changes = counterfactuals(
        estimators, codes, values, usual, amounts=amounts, odds=odds, threshold_odds=threshold_odds, fixed=fixed
    )
    found = []
    for row in range(len(values)):
        order = np.argsort(-np.abs(amounts[row]))[:TOP]
        told = [Contribution(codes[at], float(values[row, at]), float(amounts[row, at])) for at in order]
        rest = float(amounts[row].sum() - sum(item.amount for item in told))
        found.append(Explained(
            float(base[row]), float(odds[row]), told, rest, changes[row]
        ))  # fmt: skip
    return found


def counterfactuals(
    estimators: list[Any], codes: tuple[str, ...], values: Floats, usual: Floats, *, amounts: Floats, odds: Scores,
    threshold_odds: float, fixed: frozenset[str],
) -> list[list[Change]]:  # fmt: skip
    """For each event at or above the threshold the fewest of its strongest columns (at most three), and the values nearest
    to its own, that would put it below; nothing where three do not suffice."""
    allowed = np.array([code not in fixed for code in codes])
    order = np.argsort(np.where(allowed[None, :], -amounts, np.inf), axis=1)[:, :MOST_CHANGED]
    changed, number = values.copy(), np.zeros(len(values), dtype=int)
    open_ones = odds >= threshold_odds
    for step in range(min(MOST_CHANGED, values.shape[1])):
        rows = np.flatnonzero(open_ones)
        if not len(rows):
            break
        at = order[rows, step]
        changed[rows, at] = usual[at]
        number[rows] = step + 1
        open_ones[rows] = log_odds(estimators, changed[rows]) >= threshold_odds
    reached = np.flatnonzero((odds >= threshold_odds) & ~open_ones & (number > 0))
    last = order[reached, np.maximum(number[reached] - 1, 0)]
    low, high = np.zeros(len(reached)), np.ones(len(reached))  # the share of the way from the usual to the own value
    for _ in range(STEPS if len(reached) else 0):
        middle = (low + high) / 2
        tried = changed[reached].copy()
        own = np.where(np.isnan(values[reached, last]), usual[last], values[reached, last])
        tried[np.arange(len(reached)), last] = usual[last] + middle * (own - usual[last])
        below = log_odds(estimators, tried) < threshold_odds
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    for place, row in enumerate(reached):
        at = last[place]
        own = usual[at] if np.isnan(values[row, at]) else values[row, at]
        changed[row, at] = usual[at] + low[place] * (own - usual[at])
    found: list[list[Change]] = [[] for _ in range(len(values))]
    for row in reached:
        found[row] = [
            Change(codes[at], float(values[row, at]), float(changed[row, at])) for at in order[row, : number[row]]
        ]
    return found
