"""What the pages of a model show, made of its measures: tables that charts are drawn from, and the catalogue."""

from typing import Any

from core.words import said
from monitoring.learning.beside import fairness, highest, outcomes, typologies
from monitoring.learning.sets import feature_sets
from monitoring.models import ModelVersion

_MEASURES = (
    ("average_precision", said("Average precision")),
    ("roc_auc", "ROC AUC"),
    ("brier", said("Brier score")),
    ("flagged", said("Flagged")),
)
_BESIDE = (
    ("test", said("This version")),
    ("champion", said("Champion then")),
    ("baseline", said("Plain random forest")),
)
_EVERY, _SHOWN, _NAMES = 3, 15, 3
STIRRED, SHIFTED = 0.1, 0.25  # of the population stability index, see `monitoring.learning.drift` (Polars: for workers)


def evaluation_of(version: ModelVersion) -> dict[str, Any]:
    """The context of the page of a version; `test` is empty where nothing was measured apart from cross-validation."""
    metrics = version.metrics
    test = metrics.get("test") or {}
    beside = [(name, metrics[key]) for key, name in _BESIDE if "average_precision" in (metrics.get(key) or {})]
    measures = [(label, [told.get(key) for _, told in beside]) for key, label in _MEASURES]
    return {
        "test": test, "beside": [name for name, _ in beside], "measures": measures,
        "precision_recall": _curves(beside, "precision_recall"), "roc": _curves(beside, "roc"),
        "report": [(name, row) for name, row in test.get("report", {}).items() if isinstance(row, dict)],
        "outcomes": outcomes(beside), "highest": highest(beside), "typologies": typologies(beside),
        "fairness": fairness(test, metrics.get("champion") or {}),
        "importance": metrics.get("importance", [])[:_SHOWN], "unusual": metrics.get("unusual", [])[:_SHOWN],
        "validation": metrics.get("validation", {}),
        "learnt": metrics.get("learnt", {}), "drifted": _drifted(version),
    }  # fmt: skip


def _curves(beside: list[tuple[str, dict[str, Any]]], name: str) -> list[tuple[float, list[float]]]:
    """Points of a curve of every version beside each other: where along, and how high each is there."""
    lines = [[*told["curves"][name][:-1:_EVERY], told["curves"][name][-1]] for _, told in beside]
    return [(points[0][0], [height for _, height in points]) for points in zip(*lines, strict=True)]


def _drifted(version: ModelVersion) -> list[tuple[str, float]]:
    return sorted(
        ((code, value) for code, value in version.drift.items() if value >= SHIFTED), key=lambda item: -item[1]
    )


def features_of(version: ModelVersion) -> list[dict[str, Any]]:
    """Every column of a version: what it is, its distribution in training and of the rows last scored, how far it drifted."""
    known = {column.code: column for column in feature_sets()[version.domain].columns}
    shares = {item["code"]: item for item in version.metrics.get("importance", [])}
    named = version.metrics.get("categories", {})
    distributions, imputed = version.metrics.get("distributions", {}), version.metrics.get("imputed", {})
    found = []
    for code in version.metrics.get("features", []):
        column, told, drift = known.get(code), distributions.get(code, {}), version.drift.get(code)
        found.append({
            "code": code, "label": shares.get(code, {}).get("label", code), "side": shares.get(code, {}).get("side", ""),
            "group": column.feature.group if column else said("Learnt"), "share": 100 * shares.get(code, {}).get("importance", 0),
            "missing": 100 * imputed.get(code, 0), "low": told.get("low"), "median": told.get("median"),
            "high": told.get("high"), "drift": drift, "names": named.get(code, [])[:_NAMES],
            "bins": _bins(told, version.spread.get(code, []), has_names=code in named),
            "state": "" if drift is None else "shifted" if drift >= SHIFTED else "stirred" if drift >= STIRRED else "steady",
        })  # fmt: skip
    return found


def _bins(told: dict[str, Any], seen: list[float], *, has_names: bool) -> list[dict[str, Any]]:
    """The bins of a column: what lies in each, its share in training and of the rows last scored (None: of none)."""
    edges, shares = told.get("edges", []), told.get("shares", [])
    if has_names:
        names = ["–", *([""] * (len(shares) - 1))]
    else:
        names = ["–", *(f"≤ {edge:,.6g}" for edge in edges), *(f"> {edge:,.6g}" for edge in edges[-1:])]
    now = seen if len(seen) == len(shares) else [None] * len(shares)
    return [{"name": name, "was": was, "now": is_now} for name, was, is_now in zip(names, shares, now, strict=True)]
