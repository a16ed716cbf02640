"""The estimators, their settings and how they are fitted on few labelled events among very many."""

from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import IsolationForest

from monitoring.learning.matrix import Floats

Scores = npt.NDArray[np.float64]
BOOSTING, FOREST, MIXED = "boosting", "forest", "mixed"
KINDS = (BOOSTING, FOREST, MIXED)
HARD, EASY = (
    40_000,
    40_000,
)  # of the events that are not suspicious: those most like suspicious ones, and some of the rest
_LEAVES, _LEAST_OF_FOREST, _MOST_WEIGHT, _FOREST_WIDTH = 63, 3, 200.0, 10.0


@dataclass(frozen=True)
class Settings:
    """How estimators are fitted. Those of different seeds (`members`) and kinds have their log odds averaged; `kind` mixed:
    boosting and forest together."""

    kind: str = BOOSTING
    members: int = 2
    trees: int = 250
    leaves: int = 15
    rate: float = 0.05
    least: int = 30
    weight: float = 5.0
    cores: int = 2
    seed: int = 0

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which kinds of estimators are fitted."""
        return (BOOSTING, FOREST) if self.kind == MIXED else (self.kind,)


def fitted(
    settings: Settings, kind: str, values: Floats, labels: npt.NDArray[Any], weights: npt.NDArray[Any] | None = None, *,
    trees: int = 0, seed: int = 0,
) -> Any:  # fmt: skip
    """One estimator, of either kind by LightGBM, which learns from gaps and tells each column's share exactly (ADR 0020)."""
    trees = trees or settings.trees
    common: dict[str, Any] = {"n_jobs": settings.cores, "random_state": settings.seed + seed, "verbose": -1, "deterministic": True,
              "force_row_wise": True}  # fmt: skip
    if kind == FOREST:  # a random forest with class weights: deep trees of samples, each with its own columns
        made = lightgbm.LGBMClassifier(
            boosting_type="rf", n_estimators=max(trees // 3, 1), num_leaves=_LEAVES, min_child_samples=_LEAST_OF_FOREST,
            colsample_bytree=0.25, subsample=0.63, subsample_freq=1,
            scale_pos_weight=min(float((labels == 0).sum() / max((labels == 1).sum(), 1)), _MOST_WEIGHT), **common,
        )  # fmt: skip
    else:
        made = lightgbm.LGBMClassifier(
            n_estimators=trees, num_leaves=settings.leaves, learning_rate=settings.rate,
            min_child_samples=_least(settings, labels), colsample_bytree=0.4, subsample=0.8, subsample_freq=1, reg_lambda=5.0,
            scale_pos_weight=settings.weight, **common,
        )  # fmt: skip
    return made.fit(values, labels, sample_weight=weights)


def _least(settings: Settings, labels: npt.NDArray[Any]) -> int:
    """A leaf must be able to hold a typology of which there are only few events."""
    return int(np.clip((labels == 1).sum() // 40, 3, settings.least))


def learnt_from(
    labels: npt.NDArray[Any], likeness: Scores | None = None, *, seed: int = 0, hard: int = HARD, easy: int = EASY
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The events an estimator learns from, and their weights: every suspicious one; of the others those with the highest
    `likeness` (what an earlier model says of them), and some of the rest by chance, which stand for all of the rest."""
    positive, other = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    if len(other) <= hard + easy:
        rows = np.sort(np.concatenate([positive, other]))
        return rows, np.ones(len(rows))
    near = np.zeros(0, dtype=np.int64)
    if likeness is not None:
        order = np.argpartition(-likeness[other], hard)
        near, other = other[order[:hard]], other[order[hard:]]
    taken = np.random.default_rng(seed).choice(other, easy if len(near) else hard + easy, replace=False)
    rows = np.concatenate([positive, near, taken])
    weights = np.concatenate([np.ones(len(positive) + len(near)), np.full(len(taken), len(other) / len(taken))])
    order = np.argsort(rows)
    return rows[order], weights[order]


def log_odds(estimators: list[Any], values: Floats) -> Scores:
    """The mean of the estimators' log odds."""
    told = np.zeros(len(values))
    for estimator in estimators:
        if isinstance(estimator, lightgbm.LGBMClassifier):
            raw = estimator.booster_.predict(values, raw_score=True, num_threads=estimator.n_jobs)
            told += np.asarray(raw) / divisor(estimator)
        else:
            chance = np.clip(estimator.predict_proba(values)[:, 1], 1e-6, 1 - 1e-6)
            told += np.log(chance / (1 - chance))
    return told / len(estimators)


def divisor(estimator: lightgbm.LGBMClassifier) -> float:
    """What a sum over the trees is divided by. The score of a forest is the mean of its trees, which the library does not form;
    a tenth of it is about as wide as a boosting's, so that neither outweighs the other."""
    return estimator.booster_.num_trees() * _FOREST_WIDTH if estimator.boosting_type == "rf" else 1.0


def shares_of(estimators: list[Any]) -> npt.NDArray[np.float64]:
    """How much of what the estimators learnt comes from each column."""
    gains = [estimator.booster_.feature_importance("gain") for estimator in estimators]
    return np.asarray(sum(gain / max(gain.sum(), 1e-9) for gain in gains) / len(gains))


def chance_of(odds: Scores) -> Scores:
    """Log odds as a chance between 0 and 1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -40, 40))))


def anomaly_forest(values: Floats, contamination: float, *, cores: int, seed: int = 0) -> IsolationForest:
    """An isolation forest (Liu, Ting, Zhou 2008) of these events."""
    return IsolationForest(
        n_estimators=100,
        contamination=contamination,
        max_samples=min(512, len(values)),
        n_jobs=cores,
        random_state=seed,
    ).fit(values)
