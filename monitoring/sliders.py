"""Sliders over the distribution of what a number is compared with, drawn by the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitoring.editing.page import SheetView

HEIGHT = 24


@dataclass(frozen=True)
class Slider:
    """A range input that sets the input `key`, with its bars as (x, y, height) in steps of one."""

    key: str
    label: str
    low: float
    high: float
    step: float
    value: float
    bars: list[tuple[int, float, float]]

    @property
    def place(self) -> float:
        """Where the value stands among the bars."""
        share = (self.value - self.low) / (self.high - self.low)
        return round(min(max(share, 0), 1) * len(self.bars), 2)


def place_sliders(view: SheetView, known: Mapping[str, Any]) -> None:
    """Gives every number whose distribution is known its slider."""
    wanted = [(item.input, item.slides) for item in view.operands] + [
        (row.value, row.slides) for row in view.parameters
    ]
    for shown, text in wanted:
        if text in known and _number(shown.value) is not None:
            shown.slider = _slider(shown.key, shown.value, text, known[text])


def _slider(key: str, value: str, label: str, told: Mapping[str, Any]) -> Slider:
    now = _number(value) or 0.0
    low, high = min(told["low"], now), max(told["high"], now)
    most = max(told["counts"]) or 1
    heights = [HEIGHT * (count / most) ** 0.5 for count in told["counts"]]  # roots, so that a long tail is still seen
    bars = [(place, round(HEIGHT - height, 1), round(height, 1)) for place, height in enumerate(heights)]
    return Slider(key, label, low, high, told["step"], now, bars)


def _number(typed: str) -> float | None:
    try:
        return float(typed.replace(",", ""))
    except ValueError:
        return None
