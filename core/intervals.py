"""Intervals of shares that were counted in a sample."""

from math import sqrt

Z = 1.959964  # 95 % of the normal distribution


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of which `hits` of `of` were seen; everything from 0 to 1 where nothing was looked at.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927): it holds
    for few cases and for shares near 0, where the usual interval collapses.
    """
    if not of:
        return 0.0, 1.0
    share, square = hits / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(hits: int, of: int, other_hits: int, other_of: int) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares, the first less the other; -1 to 1 where one is of nothing.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine
    17 (1998), method 10: from the two Wilson intervals.
    """
    if not of or not other_of:
        return -1.0, 1.0
    share, other = hits / of, other_hits / other_of
    (low, high), (other_low, other_high) = wilson(hits, of), wilson(other_hits, other_of)
    difference = share - other
    below = sqrt((share - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return difference - below, difference + above
