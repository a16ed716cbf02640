"""Scored events as lines of a file, each explained in words; and the log of what was predicted from what, and why."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.words import said
from monitoring.learning.explanation import TOP, Change, Contribution, Explained, explained
from monitoring.learning.matrix import Floats
from monitoring.learning.model import Model, Scored

COLUMNS = ("event_id", "score", "percentile", "flagged", "top_contributions")
EXPLAINED = ("explanation", "counterfactual", "nearest_cases", "unusual", "unusual_because")
AT_MOST = 1_000
_SHOWN = 3
_SCORE, _UNUSUAL = "score", "unusual"
# what nobody can do differently: the calendar, what was known of the accounts, and other events' scores
_FIXED = ("hour", "weekday", "day", "anomaly")
_FIXED_PARTS = ("known_cases", "known_neighbours", "echo_", "known_for", "pair_known", "pair_since")


def fixed_columns(model: Model) -> frozenset[str]:
    """Columns that a counterfactual leaves alone; categories are among them: there is no way between two of them."""
    codes = [column.code for column in model.columns]
    parts = {code for code in codes if any(part in code for part in _FIXED_PARTS)}
    return frozenset({*_FIXED, *parts, *model.encoder.categories})


def reasons(model: Model, scored: Scored, rows: npt.NDArray[np.int64]) -> list[dict[str, Any]]:
    """The explanation of each of these events as JSON: waterfall, sentences, counterfactual, nearest past cases; and why the
    isolation forest, which knows no label, finds it as unusual as it does."""
    values = scored.values[rows]
    codes = tuple(column.code for column in model.columns)
    found = explained(
        model.final, codes, values, model.usual, threshold_odds=model.threshold_odds, fixed=fixed_columns(model)
    )
    near = model.cases.nearest(values) if model.cases.event_ids else [[] for _ in rows]
    amounts, base = model.why_unusual(values)
    unusual = (
        _unusual(model, values[at], amounts[at], float(base[at]), float(scored.unusual[row]))
        for at, row in enumerate(rows.tolist())
    )
    return [_reason(model, item, cases, why) for item, cases, why in zip(found, near, unusual, strict=True)]


def _reason(model: Model, item: Explained, cases: list[dict[str, Any]], unusual: dict[str, Any]) -> dict[str, Any]:
    return {
        "base": round(item.base, 5), "log_odds": round(item.odds, 5), "rest": round(item.rest, 5),
        "waterfall": [_bar(model, part, _SCORE) for part in item.contributions],
        "counterfactual": [counterfactual(model, change) for change in item.changes],
        "nearest": cases, **unusual,
    }  # fmt: skip


def _unusual(model: Model, values: Floats, amounts: Floats, base: float, percentile: float) -> dict[str, Any]:
    """How unusual an event is among its like, whether policy calls it so, and the forest's own waterfall, in doublings of
    its figure: `base`, the largest contributions and `rest` add up to `log2`."""
    order = np.argsort(-np.abs(amounts), kind="stable")[:TOP]
    parts = [Contribution(model.encoder.columns[at], float(values[at]), float(amounts[at])) for at in order]
    whole = float(amounts.sum())
    return {
        "unusual": percentile, "is_unusual": percentile >= model.unusual_from,
        "unusual_why": {
            "base": round(base, 5), "log2": round(base + whole, 5), "rest": round(whole - sum(part.amount for part in parts), 5),
            "waterfall": [_bar(model, part, _UNUSUAL) for part in parts],
        },
    }  # fmt: skip


def _bar(model: Model, part: Contribution, of: str) -> dict[str, Any]:
    """A contribution to the score, or to how unusual it is, as JSON."""
    column, value = model.column(part.code), model.encoder.shown(part.code, part.value)
    told = column.told(value)
    sentence = _sentences(f"{told[:1].upper()}{told[1:]}")[of][part.amount < 0]
    return {
        "code": part.code, "label": column.feature.label, "side": column.side, "value": value,
        "amount": round(part.amount, 5), "sentence": sentence,
    }  # fmt: skip


def _sentences(whole: str) -> dict[str, tuple[str, str]]:
    """What a contribution says: where it raises, and where it lowers."""
    return {
        _SCORE: (said("{whole} (raises the score).", whole=whole), said("{whole} (lowers the score).", whole=whole)),
        _UNUSUAL: (said("{whole} (sets it apart).", whole=whole), said("{whole} (is like others).", whole=whole)),
    }


def counterfactual(model: Model, change: Change) -> dict[str, Any]:
    """A change in words, its number rounded to the ordinary side, so that it still puts the event below."""
    column = model.column(change.code)
    falls = np.isnan(change.value) or change.instead < change.value
    scale = 10**column.feature.decimals
    rounded = (np.floor if falls else np.ceil)(change.instead * scale) / scale
    told = {
        "label": column.feature.label, "side": column.side, "value": f"{rounded:,.{column.feature.decimals}f}",
    }  # fmt: skip
    return {
        "code": change.code,
        "value": float(rounded),
        "sentence": _at(told, at_most=bool(falls), of_side=bool(column.side)),
    }


def _at(told: dict[str, str], *, at_most: bool, of_side: bool) -> str:
    """What a column would have to be. A pattern for each: other languages put the words otherwise."""
    if of_side:
        most = said("{label} ({side}) of at most {value}", **told)
        least = said("{label} ({side}) of at least {value}", **told)
    else:
        most, least = said("{label} of at most {value}", **told), said("{label} of at least {value}", **told)
    return most if at_most else least


def contributions_told(reason: dict[str, Any]) -> str:
    """The strongest contributions in one cell: `code=value (+0.42)`."""
    parts = [f"{item['code']}={_short(item['value'])} ({item['amount']:+.2f})" for item in reason["waterfall"][:_SHOWN]]
    return "; ".join(parts)


def _short(value: Any) -> str:
    return "none" if value is None else value if isinstance(value, str) else f"{value:.4g}"


def unusual_told(reason: dict[str, Any]) -> str:
    """Why the isolation forest finds it unusual, as sentences."""
    return " ".join(item["sentence"] for item in reason["unusual_why"]["waterfall"])


def below_told(reason: dict[str, Any]) -> str:
    """The counterfactual as one sentence; empty where there is none."""
    parts = [change["sentence"] for change in reason["counterfactual"]]
    return f"Below the threshold with {' and '.join(parts)}." if parts else ""


def near_told(reason: dict[str, Any]) -> str:
    """The nearest past cases in one cell."""
    return "; ".join(
        f"{case['event_id']} ({'suspicious' if case['suspicious'] else 'not suspicious'}, likeness {case['likeness']})"
        for case in reason["nearest"]
    )


def log_entry(
    event_id: str, prediction: dict[str, Any], reason: dict[str, Any], facts: dict[str, Any]
) -> dict[str, Any]:
    """One entry of `audit_log.json`: record, prediction, explanation, model version, dataset hash."""
    return {"record": event_id, "prediction": prediction, "explanation": reason, **facts}


def highest(scores: Sequence[float] | npt.NDArray[np.float64], number: int = AT_MOST) -> npt.NDArray[np.int64]:
    """The places of the highest scores, highest first."""
    return np.argsort(-np.asarray(scores), kind="stable")[:number]
