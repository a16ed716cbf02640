"""Intervals of shares that were counted in a sample."""

from math import sqrt

_Z = 1.959964  # 95 % of the normal distribution


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of which `hits` of `of` were seen; everything from 0 to 1 where nothing was looked at.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927): it holds
    for few cases and for shares near 0, where the usual interval collapses.
    """
    if not of:
        return 0.0, 1.0
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)
