"""A training run whole, of files or of the database: split, learn, measure beside a baseline, report."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from monitoring.learning.baseline import baseline_scores
from monitoring.learning.calibration import Policy
from monitoring.learning.dataset import Dataset, Part, dataset_of, latest
from monitoring.learning.estimators import Scores, Settings
from monitoring.learning.evaluation import evaluate
from monitoring.learning.matrix import Progress, quietly
from monitoring.learning.model import Model
from monitoring.learning.report import report_html
from monitoring.learning.training import Step, TrainingImpossible, train
from monitoring.scenarios.catalogue import ScenarioDefinition

_MOST_GROUPS = 30


@dataclass(frozen=True)
class Run:
    """How to train. The latest `test_fraction` of the first part is kept for measuring; further parts always are.
    `fairness` names fields whose groups are compared; without any, every category with few values is."""

    settings: Settings = field(default_factory=Settings)
    policy: Policy = field(default_factory=Policy)
    test_fraction: float = 0.0
    fairness: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """A model and everything that was measured, as JSON."""

    model: Model
    metrics: dict[str, Any]

    def report(self, manifest: dict[str, Any]) -> str:
        """The report as HTML."""
        return report_html(manifest, self.metrics)


def run_training(
    domain: str, parts: Sequence[Part], run: Run, *, on_progress: Progress = quietly, on_step: Step = lambda _: None,
    salt: str = "", definitions: Sequence[ScenarioDefinition] = (), champion: Model | None = None,
) -> Done:  # fmt: skip
    """Trains on the first part and measures on what is kept apart, with the `champion` on the same events beside it; raises
    TrainingImpossible."""
    data = dataset_of(domain, parts)
    if not len(data.labels):
        raise TrainingImpossible("the file has no events")
    tested = (data.part > 0) | (
        latest(data.times, run.test_fraction) if run.test_fraction else np.zeros(len(data.part), bool)
    )
    trained = train(
        data,
        ~tested,
        run.settings,
        run.policy,
        on_progress=on_progress,
        on_step=on_step,
        salt=salt,
        definitions=definitions,
    )
    model = trained.model
    metrics: dict[str, Any] = {
        "validation": trained.validation, "importance": trained.importance, "unusual": trained.unusual,
        "imputed": model.encoder.missing,
        "threshold": model.threshold, "learnt": _counts(data, ~tested), "features": [column.code for column in model.columns],
        "categories": model.encoder.categories,
        "distributions": {code: asdict(told) for code, told in model.distributions.items()},
    }  # fmt: skip
    if tested.any():
        on_step("measuring on events it has not seen")
        scored = model.scored(data.rows, trained.matrix)
        metrics["test"] = _measured(data, tested, scored.chances, model.threshold, run, model)
        on_step("the baseline beside it")
        plain = baseline_scores(trained.matrix, data.labels, ~tested, run.settings)
        learnt = data.labels[~tested]
        threshold = run.policy.threshold(plain[~tested], float((learnt == 1).mean()))
        metrics["baseline"] = _measured(data, tested, plain, threshold, run, model)
    if tested.any() and champion is not None:
        on_step("the champion beside it")
        beside = champion.scored(data.rows, champion.matrix(data.rows))
        metrics["champion"] = _measured(data, tested, beside.chances, champion.threshold, run, champion)
    return Done(model, metrics)


def _counts(data: Dataset, rows: npt.NDArray[np.bool_]) -> dict[str, int]:
    told = data.labels[rows]
    return {"events": int(rows.sum()), "positives": int((told == 1).sum()), "unlabelled": int((told < 0).sum())}


def _measured(
    data: Dataset, rows: npt.NDArray[np.bool_], scores: Scores, threshold: float, run: Run, model: Model
) -> dict[str, Any]:
    fields = run.fairness or tuple(
        name for name in model.encoder.categories if len(model.encoder.categories[name]) <= _MOST_GROUPS
    )
    names = {
        column.code: str(column.feature.operand) for column in model.features.columns if column.feature.is_category
    }
    groups = {
        name: data.rows.texts(names.get(name, name)).filter(rows) for name in fields
        if names.get(name, name) in data.rows.frame.columns
    }  # fmt: skip
    kinds = [kind for kind, chosen in zip(data.typologies, rows.tolist(), strict=True) if chosen]
    return evaluate(scores[rows], data.labels[rows], threshold, times=data.times[rows], typologies=kinds, groups=groups)
