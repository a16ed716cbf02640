"""The quality of labels as plain data: what the page, its files and REST alike tell."""

from typing import Any

from monitoring.selectors import LabelQuality


def quality_data(quality: LabelQuality) -> dict[str, Any]:
    """Counts and tables; shares, kappas and their 95 % intervals are numbers, or None where nothing can be said."""
    return {
        "days": quality.days, "judged": quality.judged, "waiting": quality.waiting, "disputes": quality.disputes,
        "agreements": [
            {"name": row.name, "pairs": row.kappa.pairs, "agreed": row.kappa.agreed, **_told("kappa", row.kappa.value,
             row.kappa.low, row.kappa.high)}
            for row in quality.agreements
        ],
        "overturned_by_month": [_overturned(row) for row in quality.by_month],
        "overturned_by_reason": [_overturned(row) for row in quality.by_reason],
        "bias": [
            {"name": row.name, "shown": row.shown, "shown_along": row.shown_along, "hidden": row.hidden,
             "hidden_along": row.hidden_along, "shown_rate": _share(row.shown_along, row.shown),
             "hidden_rate": _share(row.hidden_along, row.hidden), **_told("difference", *(row.difference or (None, -1, 1)))}
            for row in quality.bias
        ],
    }  # fmt: skip


def _overturned(row: Any) -> dict[str, Any]:
    counts = {
        "name": row.name,
        "judged": row.judged,
        "changed": row.changed,
        "stood": row.stood,
        "reversed": row.reversed,
    }
    return counts | _told("rate", row.rate, *row.interval)


def _told(name: str, value: float | None, low: float, high: float) -> dict[str, float | None]:
    if value is None:
        return {name: None, "low": None, "high": None}
    return {name: round(value, 4), "low": round(low, 4), "high": round(high, 4)}


def _share(hits: int, of: int) -> float | None:
    return round(hits / of, 4) if of else None
