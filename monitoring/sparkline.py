"""Two lines of a small chart as SVG attributes: the page needs neither a script nor a style."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 240, 48
_MARGIN = 2


@dataclass(frozen=True)
class Sparklines:
    """`points` attributes of two polylines that share one scale, in a view box of `width` by `height`."""

    upper: str
    lower: str
    width: int = WIDTH
    height: int = HEIGHT


def sparklines(upper: Sequence[Decimal], lower: Sequence[Decimal]) -> Sparklines:
    """Both series, of equal length and never negative, from left to right, the highest value at the top."""
    highest = max((*upper, *lower, Decimal(1)))
    return Sparklines(_points(upper, highest), _points(lower, highest))


def _points(values: Sequence[Decimal], highest: Decimal) -> str:
    step = (WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    room = HEIGHT - 2 * _MARGIN
    return " ".join(
        f"{_MARGIN + index * step:.1f},{HEIGHT - _MARGIN - float(value / highest) * room:.1f}"
        for index, value in enumerate(values)
    )
