"""From labelled events to a model: blocks of time, a first model, the echo, cross-validation, calibration, the final one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from monitoring.learning.calibration import Policy, calibration_of, percentiles_of
from monitoring.learning.cases import case_base
from monitoring.learning.dataset import Dataset
from monitoring.learning.drift import distributions_of
from monitoring.learning.encoding import Encoder, encoder_of
from monitoring.learning.estimators import Scores, Settings, anomaly_forest, log_odds
from monitoring.learning.explanation import contributions
from monitoring.learning.folds import Folds
from monitoring.learning.matrix import Floats, Matrix, Progress, matrix_of, quietly
from monitoring.learning.model import Model, unusualness
from monitoring.learning.propagation import block_edges, remembered
from monitoring.scenarios.catalogue import ScenarioDefinition

LEAST_POSITIVES, _SEEN = 10, 100_000
_EXPLAINED = 500
Step = Callable[[str], None]


class TrainingImpossible(Exception):
    """There is too little to learn from; the message says what."""


@dataclass(frozen=True)
class Trained:
    """A model, what cross-validation measured, importance by column, what makes events unusual, and the matrix."""

    model: Model
    matrix: Matrix
    validation: dict[str, Any]
    importance: list[dict[str, Any]]
    unusual: list[dict[str, Any]]


def train(
    data: Dataset, learns: npt.NDArray[np.bool_], settings: Settings, policy: Policy, *, on_progress: Progress = quietly,
    on_step: Step = lambda _: None, salt: str = "", definitions: Sequence[ScenarioDefinition] = (),
) -> Trained:  # fmt: skip
    """Learns from the events that `learns` chooses and that have a label; the others are history.

    Raises TrainingImpossible where there are fewer than ten suspicious or no other events.
    """
    taught = learns & (data.labels >= 0)
    positives, others = int((data.labels[taught] == 1).sum()), int((data.labels[taught] == 0).sum())
    if positives < LEAST_POSITIVES or not others:
        raise TrainingImpossible(
            f"{positives} suspicious and {others} other labelled events: it takes at least {LEAST_POSITIVES} of the first"
        )
    on_step("measuring features")
    matrix = matrix_of(data.rows, definitions=definitions, on_progress=on_progress)
    encoder = encoder_of(matrix, learns)
    base = encoder.encoded(matrix)
    work = Folds(data, taught, settings, block_edges(data.times[taught]))
    on_step("which columns are of use")
    trial = work.trial(base)
    encoder, base = encoder.of(trial.useful), base[:, trial.useful]
    on_step("what is unusual")
    forest, unusual = _unusual(encoder, base, learns, settings, policy)
    early = np.column_stack([base, unusual.astype(np.float32)])
    on_step(f"a first model ({settings.kind}), fold by fold")
    first, echo, likeness = work.first_model(early)
    work = replace(work, likeness=likeness)
    labels = np.where(taught, data.labels, -1)
    values = np.column_stack([early, work.known(labels), echo])
    on_step("cross-validation by time")
    out_of_fold, by_time = work.by_time(values)
    on_step("cross-validation by subject")
    by_subject = work.by_subject(values)
    on_step("the final model")
    final = work.final(values)
    made = _Fitted(
        encoder, matrix, forest, unusual, first, final, values, out_of_fold,
        [item for item in definitions if f"fired_{item.code}" in encoder.columns],
    )  # fmt: skip
    model = _gathered(data, learns, made, policy, salt or uuid4().hex)
    validation = {"kind": settings.kind, "trial": trial.measured, "by_time": by_time, "by_subject": by_subject}
    most = values[_most_unusual(unusual, learns)]
    by_forest = np.abs(model.why_unusual(most)[0]).mean(axis=0)
    return Trained(
        model, matrix, validation, _importance(model, model.cases.weights),
        _importance(model, by_forest / max(float(by_forest.sum()), 1e-9)),
    )  # fmt: skip


def _most_unusual(unusual: Scores, learns: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The training events that the forest sets apart most: of the others there is nothing to explain."""
    rows = np.flatnonzero(learns)
    return rows[np.argsort(-unusual[rows], kind="stable")[:_EXPLAINED]]


def _unusual(encoder: Encoder, base: Floats, learns: Any, settings: Settings, policy: Policy) -> tuple[Any, Scores]:
    rng = np.random.default_rng(settings.seed)
    rows = np.flatnonzero(learns)
    rows = rng.choice(rows, min(len(rows), _SEEN), replace=False)
    forest = anomaly_forest(encoder.imputed(base[rows]), policy.contamination, cores=settings.cores, seed=settings.seed)
    return forest, unusualness(forest, encoder.imputed(base))


@dataclass(frozen=True)
class _Fitted:
    """Everything fitted, and every event's columns and out-of-fold log odds (NaN where there are none)."""

    encoder: Encoder
    matrix: Matrix
    forest: Any
    unusual: Scores
    first: list[Any]
    final: list[Any]
    values: Floats
    out_of_fold: Scores
    definitions: list[ScenarioDefinition]


def _gathered(data: Dataset, learns: npt.NDArray[np.bool_], made: _Fitted, policy: Policy, salt: str) -> Model:
    """The model with its calibration, percentiles and threshold by events that its estimators had not learnt from."""
    judged = ~np.isnan(made.out_of_fold)
    odds = np.where(judged, made.out_of_fold, log_odds(made.final, made.values))
    labels = np.where(learns, data.labels, -1)
    seen = judged if (labels[judged] == 1).any() else learns & (labels >= 0)
    calibration = calibration_of(odds[seen], labels[seen])
    chances = calibration.chance(odds)
    segments = data.rows.texts(data.rows.features.segment) if data.rows.features.segment else None
    of_learnt = None if segments is None else segments.filter(learns)
    of_seen = None if segments is None else segments.filter(seen)
    usual = _usual(made.values[learns & (labels == 0)])
    weights = _weights(made, learns, usual)
    model = Model(
        domain=data.rows.features.domain, encoder=made.encoder, anomaly=made.forest, first=made.first, final=made.final,
        known=remembered(data.rows, labels, salt), calibration=calibration,
        percentiles=percentiles_of(chances[seen], of_seen), unusual=percentiles_of(made.unusual[learns], of_learnt),
        threshold=policy.threshold(chances[seen], float((labels[seen] == 1).mean())), usual=usual,
        cases=case_base(data.event_ids, made.values, labels, weights), distributions={}, definitions=made.definitions,
    )  # fmt: skip
    codes = [column.code for column in model.columns]
    model.distributions.update(distributions_of(codes, made.values[learns]))
    return model


def _weights(made: _Fitted, learns: npt.NDArray[np.bool_], usual: Floats) -> npt.NDArray[Any]:
    """Mean absolute contribution of each column over a sample of events."""
    sample = np.random.default_rng(0).permutation(np.flatnonzero(learns))[:_EXPLAINED]
    return np.asarray(np.abs(contributions(made.final, made.values[sample], usual)[0]).mean(axis=0))


def _importance(model: Model, shares: npt.NDArray[Any]) -> list[dict[str, Any]]:
    """The first columns, of which there are shares of all contributions, largest first."""
    told = [
        {"code": column.code, "label": column.feature.label, "side": column.side, "importance": round(float(share), 6)}
        for column, share in zip(model.columns, shares, strict=False)
    ]
    return sorted(told, key=lambda item: -float(str(item["importance"])))


def _usual(values: Floats) -> Floats:
    """The median of each column; 0 where it is always missing."""
    present = (column[~np.isnan(column)] for column in values.T)
    return np.array([np.median(column) if len(column) else 0.0 for column in present], dtype=np.float32)
