"""Shares, and the waterfall of a score."""

from typing import Any

from django import template
from django.utils.formats import number_format

from core.words import said

register = template.Library()
_WIDTH, _EDGE, _ROW = 300, 4, 30


@register.filter
def entry(row: dict[str, Any], key: str) -> Any:
    """What a measure's row has under a name that no template can spell, such as `f1-score`."""
    return row.get(key)


@register.filter
def percent(share: float | None) -> str:
    """A share in percent, or a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f}"


@register.filter
def signed(amount: float) -> str:
    """An amount with its sign, as the reader's language writes it."""
    return ("+" if amount >= 0 else "−") + number_format(abs(amount), 2)


@register.inclusion_tag("monitoring/models/_waterfall.html")
def waterfall(explanation: dict[str, Any]) -> dict[str, Any]:
    """Bars from the base of all scores to this one: each begins where the one before ended."""
    parts = [*explanation["waterfall"], {"label": said("everything else"), "side": "", "amount": explanation["rest"]}]
    reached, edges = explanation["base"], []
    for part in parts:
        edges.append((reached, reached + part["amount"]))
        reached += part["amount"]
    low, high = min(min(edge) for edge in edges), max(max(edge) for edge in edges)
    scale = (_WIDTH - 2 * _EDGE) / ((high - low) or 1)
    bars = [
        {"x": round(_EDGE + (min(edge) - low) * scale, 1), "y": row * _ROW + 15,
         "width": round(max(abs(edge[1] - edge[0]) * scale, 1), 1), "text_y": row * _ROW + 11, "raises": edge[1] >= edge[0],
         "label": part["label"], "side": part["side"], "amount": part["amount"]}
        for row, (part, edge) in enumerate(zip(parts, edges, strict=True))
    ]  # fmt: skip
    return {"bars": bars, "height": _ROW * len(bars)}
