"""How good a ranking is: measures of a version on labelled events it has not learnt from, as JSON."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    classification_report,
    confusion_matrix,
    precision_recall_curve,
    roc_auc_score,
    roc_curve,
)

from core.intervals import wilson
from monitoring.learning.estimators import Scores

Labels = npt.NDArray[Any]
AT = (50, 100, 200, 500, 1000)
PERIODS, BINS, POINTS = 6, 10, 60
MOST_GROUPS = 12
LEAST_ROWS, LEAST_SUSPICIOUS = 30, 10  # below it an interval is wider than any difference worth a word


def evaluate(
    chances: Scores, labels: Labels, threshold: float, *, times: npt.NDArray[np.int64], typologies: Sequence[str] = (),
    groups: dict[str, pl.Series] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Every measure of the evaluation page. Events without a label (-1) are left out; without both labels only counts."""
    known = labels >= 0
    chances, labels, times = chances[known], labels[known].astype(int), times[known]
    told: dict[str, Any] = {"events": len(labels), "positives": int(labels.sum()), "threshold": threshold,
                            "flagged": int((chances >= threshold).sum())}  # fmt: skip
    told["base_rate"] = round(told["positives"] / max(told["events"], 1), 8)
    if not 0 < told["positives"] < told["events"]:
        return told
    flagged = chances >= threshold
    kinds = np.array(list(typologies) or [""] * len(known), dtype=object)[known]
    return told | {
        "average_precision": _round(average_precision_score(labels, chances)),
        "roc_auc": _round(roc_auc_score(labels, chances)),
        "brier": _round(brier_score_loss(labels, chances)),
        "at_k": at_k(chances, labels),
        "confusion": confusion_matrix(labels, flagged, labels=[0, 1]).tolist(),
        "report": classification_report(labels, flagged, target_names=["other", "suspicious"], output_dict=True,
                                        zero_division=0, labels=[0, 1]),
        "curves": _curves(chances, labels),
        "calibration": _calibration(chances, labels),
        "typologies": _typologies(chances, labels, flagged, kinds),
        "stability": _stability(chances, labels, flagged, times),
        "fairness": {name: _fairness(column.filter(pl.Series(known)), labels, flagged)
                     for name, column in (groups or {}).items()},
    }  # fmt: skip


def _round(value: float) -> float:
    return round(float(value), 6)


def at_k(chances: Scores, labels: Labels) -> list[dict[str, Any]]:
    """Precision and recall among the k highest scores, for k of AT and as many as there are positives."""
    order, positives = np.argsort(-chances, kind="stable"), int(labels.sum())
    found = np.cumsum(labels[order])
    numbers = sorted({k for k in (*AT, positives) if k <= len(labels)})
    return [
        {"k": k, "precision": _round(found[k - 1] / k), "recall": _round(found[k - 1] / positives)} for k in numbers
    ]


def _curves(chances: Scores, labels: Labels) -> dict[str, Any]:
    wrong, right, _ = roc_curve(labels, chances)
    precision, recall, _ = precision_recall_curve(labels, chances)
    grid = np.linspace(0, 1, POINTS)
    order = np.argsort(recall, kind="stable")
    return {
        "roc": [[_round(x), _round(y)] for x, y in zip(grid, np.interp(grid, wrong, right), strict=True)],
        "precision_recall": [
            [_round(x), _round(y)] for x, y in zip(grid, np.interp(grid, recall[order], precision[order]), strict=True)
        ],
    }


def _calibration(chances: Scores, labels: Labels) -> list[dict[str, Any]]:
    """Told chance beside what happened, in bins of the chance."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [
        {"told": _round(chances[bins == number].mean()), "was": _round(labels[bins == number].mean()),
         "events": int((bins == number).sum())}
        for number in range(BINS) if (bins == number).any()
    ]  # fmt: skip


def _typologies(chances: Scores, labels: Labels, flagged: Any, kinds: Any) -> list[dict[str, Any]]:
    """Recall of each typology by the threshold, and among as many of the highest as there are positives."""
    highest = np.zeros(len(labels), dtype=bool)
    highest[np.argsort(-chances, kind="stable")[: int(labels.sum())]] = True
    found = []
    for kind in sorted({str(item) for item in kinds[labels == 1] if item}):
        here = (kinds == kind) & (labels == 1)
        found.append({"typology": kind, "events": int(here.sum()), "recall": _round(flagged[here].mean()),
                      "recall_highest": _round(highest[here].mean())})  # fmt: skip
    return found


def _stability(chances: Scores, labels: Labels, flagged: Any, times: npt.NDArray[np.int64]) -> list[dict[str, Any]]:
    edges = np.unique(np.quantile(times, np.linspace(0, 1, PERIODS + 1)[1:-1]))
    periods = np.searchsorted(edges, times, side="right")
    found = []
    for number in range(len(edges) + 1):
        here = periods == number
        if not here.any():
            continue
        both = 0 < labels[here].sum() < here.sum()
        found.append({
            "from": str(np.datetime64(int(times[here].min()), "us"))[:10], "events": int(here.sum()),
            "positives": int(labels[here].sum()), "flagged_share": _round(flagged[here].mean()),
            "mean_score": _round(chances[here].mean()),
            "average_precision": _round(average_precision_score(labels[here], chances[here])) if both else None,
        })  # fmt: skip
    return found


def _fairness(column: pl.Series, labels: Labels, flagged: Any) -> list[dict[str, Any]]:
    """Of each group of an attribute: how often it is flagged (selection rate), flagged wrongly (false positive rate), and
    how much of its own is found (true positive rate), each with Wilson's 95 % interval; what is too small to compare says so."""
    told = column.fill_null("(none)")
    names = told.value_counts(sort=True, name="n")[told.name].head(MOST_GROUPS).to_list()
    found = []
    for name in names:
        here = (told == name).to_numpy()
        positive, other = here & (labels == 1), here & (labels == 0)
        small = [word for word, rows, least in (("rows", here, LEAST_ROWS), ("suspicious", positive, LEAST_SUSPICIOUS))
                 if rows.sum() < least]  # fmt: skip
        found.append({
            "group": str(name), "events": int(here.sum()), "positives": int(positive.sum()),
            **_rate("flagged_share", flagged[here]), **_rate("false_alert_rate", flagged[other]),
            **_rate("recall", flagged[positive]), "too_few": " and ".join(small),
        })  # fmt: skip
    return found


def _rate(name: str, flagged: Any) -> dict[str, Any]:
    """A share with its interval; None where there is nothing to take it of."""
    if not len(flagged):
        return {name: None, f"{name}_95": None}
    return {
        name: _round(flagged.mean()),
        f"{name}_95": [round(end, 4) for end in wilson(int(flagged.sum()), len(flagged))],
    }
