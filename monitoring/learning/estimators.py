"""The estimators, their settings and how they are fitted on few labelled events among very many."""

from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import IsolationForest, RandomForestClassifier

from monitoring.learning.matrix import Floats

Scores = npt.NDArray[np.float64]
BOOSTING, FOREST, AUTO = "boosting", "forest", "auto"
KINDS = (AUTO, BOOSTING, FOREST)
MOST_OTHERS = (
    300_000  # events without a label's suspicion that one estimator learns from; the rest tells it nothing new
)


@dataclass(frozen=True)
class Settings:
    """How estimators are fitted. `members` are fitted with different seeds and their log odds averaged. `kind` auto: the
    one that ranks the latest block of time better."""

    kind: str = AUTO
    members: int = 3
    trees: int = 300
    leaves: int = 15
    rate: float = 0.05
    least: int = 30
    weight: float = 5.0
    cores: int = 2
    seed: int = 0


def fitted(settings: Settings, values: Floats, labels: npt.NDArray[Any], *, trees: int = 0, seed: int = 0) -> Any:
    """One estimator. A forest gets values without gaps; a boosting learns from the gaps themselves."""
    if settings.kind == FOREST:
        made = RandomForestClassifier(
            trees or settings.trees, class_weight="balanced_subsample", min_samples_leaf=2, max_features=0.25,
            n_jobs=settings.cores, random_state=settings.seed + seed,
        )  # fmt: skip
    else:
        made = lightgbm.LGBMClassifier(
            n_estimators=trees or settings.trees, num_leaves=settings.leaves, learning_rate=settings.rate,
            min_child_samples=_least(settings, labels), colsample_bytree=0.4, subsample=0.8, subsample_freq=1, reg_lambda=5.0,
            scale_pos_weight=settings.weight, n_jobs=settings.cores, random_state=settings.seed + seed, verbose=-1,
            deterministic=True, force_row_wise=True,
        )  # fmt: skip
    return made.fit(values, labels)


def _least(settings: Settings, labels: npt.NDArray[Any]) -> int:
    """A leaf must be able to hold a typology of which there are only few events."""
    return int(np.clip((labels == 1).sum() // 40, 3, settings.least))


def learnt_from(labels: npt.NDArray[Any], *, seed: int = 0, most: int = MOST_OTHERS) -> npt.NDArray[np.int64]:
    """The events an estimator learns from: every suspicious one, and of the others at most so many by chance."""
    positive, other = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    if len(other) > most:
        other = np.random.default_rng(seed).choice(other, most, replace=False)
    return np.sort(np.concatenate([positive, other]))


def log_odds(estimators: list[Any], values: Floats) -> Scores:
    """The mean of the estimators' log odds."""
    told = np.zeros(len(values))
    for estimator in estimators:
        if isinstance(estimator, lightgbm.LGBMClassifier):
            told += estimator.booster_.predict(values, raw_score=True, num_threads=estimator.n_jobs)
        else:
            chance = np.clip(estimator.predict_proba(values)[:, 1], 1e-6, 1 - 1e-6)
            told += np.log(chance / (1 - chance))
    return told / len(estimators)


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
