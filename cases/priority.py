"""The priority of a case, 0-100: weighted risk, deadline pressure and number of reasons. Pure."""

from datetime import datetime

_RISK = {"high": 1.0, "medium": 0.6, "low": 0.2, "": 0.5}
_WEIGHTS = (0.5, 0.35, 0.15)
_MANY_REASONS = 5
FORMULA = "100 · (0.50 · risk + 0.35 · time used + 0.15 · reasons/5)"


def priority_of(rating: str, opened_at: datetime, due_at: datetime, moment: datetime, reasons: int) -> int:
    """Risk is 1 for high, 0.6 for medium, 0.2 for low, 0.5 where unrated; time used is the share of the SLA."""
    allowed = max(1.0, (due_at - opened_at).total_seconds())
    used = min(1.0, max(0.0, (moment - opened_at).total_seconds() / allowed))
    parts = (_RISK.get(rating, 0.5), used, min(1.0, reasons / _MANY_REASONS))
    return round(100 * sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True)))
