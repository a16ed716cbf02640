"""Fitting in parts: by blocks of time and by subjects, so that what is measured was never learnt from."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score

from monitoring.learning.dataset import Dataset
from monitoring.learning.estimators import (
    MIXED,
    Scores,
    Settings,
    chance_of,
    fitted,
    learnt_from,
    log_odds,
    shares_of,
)
from monitoring.learning.matrix import Floats
from monitoring.learning.propagation import echoes, known_cases, known_in_blocks, remembered

FOLDS, _EARLY_TREES, _CHECK_TREES, _TRIAL_TREES = 3, 150, 150, 150
MOST_COLUMNS = (
    80  # of those that rules know; what says nothing of the labels only costs time when a million rows are scored
)


@dataclass(frozen=True)
class Trial:
    """The average precision of each kind that was tried, and which columns are worth computing."""

    measured: dict[str, float]
    useful: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Folds:
    """Fitting on the events `taught`, in blocks of time. `likeness` is what a first model that had not seen an event's
    block says of it."""

    data: Dataset
    taught: npt.NDArray[np.bool_]
    settings: Settings
    edges: npt.NDArray[np.int64]
    likeness: Scores | None = None

    @property
    def blocks(self) -> npt.NDArray[np.int64]:
        return np.searchsorted(self.edges, self.data.times, side="right")

    def fit(self, values: Floats, chosen: npt.NDArray[np.bool_], *, trees: int = 0, seed: int = 0) -> list[Any]:
        """One estimator of each kind of the settings."""
        rows = np.flatnonzero(chosen & self.taught)
        like = None if self.likeness is None else self.likeness[rows]
        taken, weights = learnt_from(self.data.labels[rows], like, seed=seed)
        rows = rows[taken]
        trees = min(trees or self.settings.trees, self.settings.trees)
        part, labels = values[rows], self.data.labels[rows]
        return [
            fitted(self.settings, kind, part, labels, weights, trees=trees, seed=seed) for kind in self.settings.kinds
        ]

    def trial(self, values: Floats) -> "Trial":
        """Learnt from all blocks but the latest: how each kind ranks that one, and which columns are of use."""
        last = int(self.blocks[self.taught].max(initial=0))
        before, here = self.blocks < last, self.taught & (self.blocks == last)
        labels = self.data.labels[here]
        every = np.ones(values.shape[1], dtype=np.bool_)
        if not self.both(before) or not 0 < (labels == 1).sum() < len(labels):
            return Trial({}, every)
        both = replace(self, settings=replace(self.settings, kind=MIXED))
        made = both.fit(values, before, trees=_TRIAL_TREES)
        measured = {
            kind: round(float(average_precision_score(labels, log_odds(estimators, values[here]))), 4)
            for kind, estimators in _combinations(both.settings, made)
        }
        shares = shares_of(made)
        useful = every if len(shares) <= MOST_COLUMNS else shares >= np.sort(shares)[-MOST_COLUMNS]
        return Trial(measured, useful)

    def both(self, chosen: npt.NDArray[np.bool_]) -> bool:
        """Whether there is something of both kinds to learn from."""
        told = self.data.labels[chosen & self.taught]
        return bool((told == 1).sum() > 1 and (told == 0).any())

    def first_model(self, early: Floats) -> tuple[list[Any], Floats, Scores]:
        """A model for the echo, the echo, and the chances it is made of: of events learnt from by a model that did not see
        their block."""
        everything = np.ones(len(early), dtype=np.bool_)
        first = self.fit(early, everything, trees=_EARLY_TREES)
        chances = chance_of(log_odds(first, early))
        folds = self.blocks % FOLDS
        for fold in range(FOLDS):
            if self.both(folds != fold):
                made = self.fit(early, folds != fold, trees=_EARLY_TREES)
                here = self.taught & (folds == fold)
                chances[here] = chance_of(log_odds(made, early[here]))
        return first, echoes(self.data.rows, chances), chances

    def known(self, labels: npt.NDArray[Any]) -> Floats:
        """Known cases as each event could know them; events that are not learnt from know all labels."""
        found = known_in_blocks(self.data.rows, labels, self.edges)
        found[~self.taught] = known_cases(self.data.rows, remembered(self.data.rows, labels, ""))[~self.taught]
        return found

    def by_time(self, values: Floats) -> tuple[Scores, list[dict[str, Any]]]:
        """Each later block by what was before it: log odds (NaN where none was), and the average precision of each."""
        odds, told = np.full(len(values), np.nan), []
        for block in range(len(self.edges) + 1 - FOLDS, len(self.edges) + 1):
            here = self.taught & (self.blocks == block)
            if here.any() and self.both(self.blocks < block):
                odds[here] = log_odds(self.fit(values, self.blocks < block, trees=_CHECK_TREES), values[here])
                told.append(self._told(f"block {block + 1}", odds[here], here))
        return odds, told

    def by_subject(self, values: Floats) -> list[dict[str, Any]]:
        """Subjects in three parts, each judged by what the other two taught."""
        subjects = self.data.rows.texts(self.data.rows.domain.subject).fill_null("").hash(seed=7).to_numpy() % FOLDS
        told = []
        for fold in range(FOLDS):
            here = self.taught & (subjects == fold)
            if here.any() and self.both(subjects != fold):
                made = self.fit(values, subjects != fold, trees=_CHECK_TREES)
                told.append(self._told(f"part {fold + 1}", log_odds(made, values[here]), here))
        return told

    def _told(self, name: str, odds: Scores, here: npt.NDArray[np.bool_]) -> dict[str, Any]:
        labels = self.data.labels[here]
        found = average_precision_score(labels, odds) if 0 < labels.sum() < len(labels) else None
        return {"fold": name, "events": int(here.sum()), "positives": int((labels == 1).sum()),
                "average_precision": None if found is None else round(float(found), 4)}  # fmt: skip

    def final(self, values: Floats) -> list[Any]:
        everything = np.ones(len(values), dtype=np.bool_)
        members = (self.fit(values, everything, seed=seed) for seed in range(self.settings.members))
        return [estimator for member in members for estimator in member]


def _combinations(settings: Settings, made: list[Any]) -> list[tuple[str, list[Any]]]:
    """Each kind alone and, where there are several, all together."""
    alone = [(kind, [estimator]) for kind, estimator in zip(settings.kinds, made, strict=True)]
    return [*alone, (MIXED, made)] if len(made) > 1 else alone
