"""Shares, and the waterfall of a score."""

from typing import Any

from django import template
from django.utils.formats import number_format

from core.words import said

register = template.Library()
_WIDTH, _EDGE, _ROW = 300, 4, 30
_BINS, _TALL = 120, 28


@register.filter
def entry(row: dict[str, Any], key: str) -> Any:
    """What a measure's row has under a name that no template can spell, such as `f1-score`."""
    return row.get(key)


@register.filter
def percent(share: float | None) -> str:
    """A share in percent, or a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f}"


@register.filter
def drift_class(state: str) -> str:
    """The look of how far a column has drifted."""
    return {"shifted": "bg-red-lt", "stirred": "bg-yellow-lt"}.get(state, "bg-secondary-lt")


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


@register.inclusion_tag("monitoring/models/_distribution.html")
def distribution(bins: list[dict[str, Any]]) -> dict[str, Any]:
    """Pairs of columns, a pair a bin: the share in training and of the rows last scored. Rows without a value come first."""
    told = bins if bins and bins[0]["was"] + (bins[0]["now"] or 0) else bins[1:]
    most = max((share for item in told for share in (item["was"], item["now"] or 0)), default=0) or 1
    wide = _BINS / max(len(told), 1)
    pairs = [
        {"x": round(at * wide, 1), "half_x": round((at + 0.45) * wide, 1), "half": round(0.45 * wide, 1), "name": item["name"],
         "was": percent(item["was"]), "now": percent(item["now"]), "was_height": _high(item["was"], most),
         "now_height": _high(item["now"] or 0, most), "was_y": _TALL - _high(item["was"], most),
         "now_y": _TALL - _high(item["now"] or 0, most)}
        for at, item in enumerate(told)
    ]  # fmt: skip
    return {"pairs": pairs}


def _high(share: float, most: float) -> float:
    return round(share / most * _TALL, 1)
