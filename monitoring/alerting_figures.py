"""What a policy by which a model raises alerts would have come to in the past, at its own line and at others beside it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from core.intervals import wilson
from monitoring.alerting import ModelAlerts
from monitoring.selectors import Reached

BESIDE = (99.0, 99.5, 99.9, 99.95, 99.99)


def lowest_line(policy: ModelAlerts) -> float:
    """The lowest percentile that the figures look at."""
    return min(policy.at_least, *BESIDE)


def figures_of(policy: ModelAlerts, reached: Sequence[Reached], rows: int, days: int) -> dict[str, Any]:
    """The figures as JSON; `levels` are lines, the policy's own among them, the highest first."""
    lines = sorted({policy.at_least, *BESIDE}, reverse=True)
    return {
        "days": days, "rows": rows, "model": policy.model_number,
        "levels": [_level(line, policy.daily_cap, [item for item in reached if item.percentile >= line], days) for line in lines],
    }  # fmt: skip


def _level(line: float, cap: int, reached: Sequence[Reached], days: int) -> dict[str, Any]:
    """Of a line: rows, subjects, alerts by days under the cap, what rules had not found, what people found.

    An alert is counted for each subject and day; those held back would have been told on later days.
    """
    a_day = Counter(day for day, _ in {(item.day, item.subject) for item in reached})
    judged = [item.label for item in reached if item.label >= 0]
    suspicious = sum(judged)
    by_rules = {item.subject for item in reached if item.has_alert}
    return {
        "at_least": line, "rows": len(reached), "subjects": len({item.subject for item in reached}),
        "alerts": sum(min(number, cap) for number in a_day.values()),
        "a_day": round(sum(min(number, cap) for number in a_day.values()) / days, 2),
        "busiest": max(a_day.values(), default=0),
        "held_back": sum(max(number - cap, 0) for number in a_day.values()),
        "new_subjects": len({item.subject for item in reached} - by_rules),
        "judged": len(judged), "suspicious": suspicious,
        "precision": round(suspicious / len(judged), 4) if judged else None,
        "precision_95": [round(end, 4) for end in wilson(suspicious, len(judged))] if judged else None,
    }  # fmt: skip
