"""Charts of a report as SVG: they need nothing beside them, neither scripts nor fonts; colours are the page's own variables."""

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT, _EDGE = 320, 200, 28
_COLOURS = ("var(--c0)", "var(--c1)", "var(--c2)")
_NAMES, _LONGEST, _AFTER = 340, 250, 60


def line_chart(title: str, lines: dict[str, Sequence[Sequence[float]]], across: str, up: str) -> str:
    """Lines in the unit square; their names stand above, so that no line runs through one."""
    made, names = [], []
    for number, (name, points) in enumerate(lines.items()):
        told = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
        colour = _COLOURS[number % len(_COLOURS)]
        made.append(f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="2"/>')
        names.append(f'<span style="color:{colour}">{escape(name)}</span>')
    legend = f'<div class="legend">{"".join(names)}</div>'
    return (
        f"<figure><figcaption>{escape(title)}{legend}</figcaption>{_framed(title, ''.join(made), across, up)}</figure>"
    )


def bar_chart(title: str, bars: Sequence[tuple[str, float]]) -> str:
    """Bars from the left, longest is the whole width; the number behind each."""
    most = max((abs(value) for _, value in bars), default=0) or 1
    height, width = 18 * len(bars) + 6, _NAMES + _LONGEST + _AFTER
    made = "".join(
        f'<text x="0" y="{18 * row + 14}">{escape(name)}</text>'
        f'<rect x="{_NAMES}" y="{18 * row + 4}" width="{abs(value) / most * _LONGEST:.1f}" height="12" fill="{_COLOURS[value < 0]}"/>'
        f'<text x="{_NAMES + 6 + abs(value) / most * _LONGEST:.1f}" y="{18 * row + 14}">{value:,.4g}</text>'
        for row, (name, value) in enumerate(bars)
    )
    return (f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'font-size="11" fill="currentColor">{made}</svg>')  # fmt: skip


def _x(value: float) -> float:
    return _EDGE + value * (_WIDTH - _EDGE - 8)


def _y(value: float) -> float:
    return _HEIGHT - _EDGE - value * (_HEIGHT - _EDGE - 8)


def _framed(title: str, inside: str, across: str, up: str) -> str:
    grid = "".join(
        f'<line x1="{_x(0)}" x2="{_x(1)}" y1="{_y(at)}" y2="{_y(at)}" stroke="#8884"/>'
        f'<text x="{_EDGE - 3}" y="{_y(at) + 3}" font-size="9" text-anchor="end">{at:g}</text>'
        for at in (0, 0.5, 1)
    )
    return (f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
            f'height="{_HEIGHT}" font-size="11" fill="currentColor">{grid}{inside}'
            f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 6}" text-anchor="middle" font-size="10">{escape(across)}</text>'
            f'<text x="10" y="{_HEIGHT / 3}" font-size="10" transform="rotate(-90 10 {_HEIGHT / 3})" text-anchor="middle">'
            f"{escape(up)}</text></svg>")  # fmt: skip
