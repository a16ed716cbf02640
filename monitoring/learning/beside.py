"""Versions measured on the same events, beside each other: the rows of tables, for the page of a version and for its report."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.words import said

Beside = Sequence[tuple[str, Mapping[str, Any]]]  # (name, what `evaluate` told), the version itself first


def outcomes(beside: Beside) -> list[tuple[str, list[int]]]:
    """The confusion matrix of each: what was flagged and what was suspicious."""
    counts = [told["confusion"] for _, told in beside]
    return [
        (said("Suspicious and flagged"), [suspicious[1] for _, suspicious in counts]),
        (said("Suspicious, not flagged"), [suspicious[0] for _, suspicious in counts]),
        (said("Flagged, not suspicious"), [other[1] for other, _ in counts]),
        (said("Neither"), [other[0] for other, _ in counts]),
    ]


def highest(beside: Beside) -> list[tuple[int, list[Mapping[str, Any]]]]:
    """Precision and recall of each among its k highest."""
    found = [{row["k"]: row for row in told["at_k"]} for _, told in beside]
    return [(k, [rows.get(k, {}) for rows in found]) for k in sorted(found[0])] if found else []


def typologies(beside: Beside) -> list[tuple[str, int, list[Mapping[str, Any]]]]:
    """How much of each typology each finds; with how many events there were."""
    found = [{row["typology"]: row for row in told["typologies"]} for _, told in beside]
    first = found[0] if found else {}
    return [(name, row["events"], [rows.get(name, {}) for rows in found]) for name, row in first.items()]


def fairness(test: Mapping[str, Any], champion: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """By attribute its groups, each with `then`: what the champion did to the same group (empty where there was none)."""
    then = {name: {row["group"]: row for row in rows} for name, rows in champion.get("fairness", {}).items()}
    return [
        (name, [{**row, "then": then.get(name, {}).get(row["group"], {})} for row in rows])
        for name, rows in test.get("fairness", {}).items()
        if rows
    ]
