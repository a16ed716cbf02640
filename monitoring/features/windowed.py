"""Measures of the rows in a window. `counted` says which rows take part; a result without a value is NaN.

Sums run in whole numbers (amounts in their smallest unit), so they are exact whatever else is in the column.
"""

import numpy as np

from monitoring.features.layout import Bools, Floats, Ints, Window

_LIMB = np.int64(1 << 20)
_DIGITS = 9
_BENFORD = np.log10(1 + 1 / np.arange(1, _DIGITS + 1))


def number(window: Window, counted: Bools) -> Ints:
    """How many counted rows."""
    return _within(window, counted)


def total(window: Window, counted: Bools, values: Ints) -> Ints:
    """The sum of whole numbers; a sum beyond 63 bits is not supported."""
    return _within(window, np.where(counted, values, 0))


def _within(window: Window, values: Ints | Bools) -> Ints:
    running = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=running[1:])
    return np.asarray(running[window.high] - running[window.low])


def deviation(window: Window, counted: Bools, values: Ints) -> Floats:
    """The sample standard deviation of whole numbers; NaN for fewer than two.

    Squares are added in two limbs of 20 bits and more, so that nothing cancels between subjects of different size.
    """
    high, low = values // _LIMB, values % _LIMB
    count = number(window, counted).astype(np.longdouble)
    squares = total(window, counted, high * high).astype(np.longdouble) * float(_LIMB) * float(_LIMB)
    squares += total(window, counted, high * low).astype(np.longdouble) * 2 * float(_LIMB)
    squares += total(window, counted, low * low).astype(np.longdouble)
    sums = total(window, counted, values).astype(np.longdouble)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(np.maximum(squares - sums * sums / count, 0) / (count - 1))
    return np.where(count > 1, spread, np.nan).astype(np.float64)


def extreme(window: Window, counted: Bools, values: Floats, *, lowest: bool) -> Floats:
    """The lowest or highest value; NaN where there is none. Two overlapping power-of-two ranges cover each window."""
    better = np.minimum if lowest else np.maximum
    nothing = np.inf if lowest else -np.inf
    level = np.where(counted & ~np.isnan(values), values, nothing)
    lengths = window.high - window.low
    found = np.full(len(values), nothing)
    depth = np.frexp(np.maximum(lengths, 1).astype(np.float64))[1] - 1
    for step in range(int(depth.max(initial=0)) + 1):
        rows = np.flatnonzero((depth == step) & (lengths > 0))
        found[rows] = better(level[window.low[rows]], level[window.high[rows] - (1 << step)])
        level = better(level[: -(1 << step)], level[1 << step :]) if len(level) > (1 << step) else level[:0]
        level = np.concatenate([level, np.full(len(values) - len(level), nothing)])
    return np.where(np.isinf(found), np.nan, found)


def distinct(window: Window, counted: Bools, codes: Ints, groups: Ints, times: Ints, length: int) -> Ints:
    """How many different values, of windows that look back `length` microseconds.

    A value is present from a row until `length` after it; presences that touch are one. Windows see as many values as
    presences began before their end, less those that ended before their start.
    """
    rows = np.flatnonzero(counted & (codes >= 0))
    order = np.lexsort((rows, codes[rows], groups[rows]))
    rows = rows[order]
    same = (groups[rows[1:]] == groups[rows[:-1]]) & (codes[rows[1:]] == codes[rows[:-1]])
    touching = same & (times[rows[1:]] - times[rows[:-1]] < length)
    begins, ends = np.zeros(len(counted), dtype=np.int64), np.zeros(len(counted), dtype=np.int64)
    begins[rows] = np.concatenate([[True], ~touching])[: len(rows)]
    ends[rows] = np.concatenate([~touching, [True]])[: len(rows)]
    begun, ended = (np.concatenate([[0], np.cumsum(marks)]) for marks in (begins, ends))
    return np.asarray(begun[window.high] - ended[window.low])  # groups before have ended as often as begun


def benford(window: Window, counted: Bools, values: Ints) -> Floats:
    """Chi-square of first digits against Benford's law (8 degrees of freedom); NaN where nothing is counted."""
    usable = counted & (values > 0)
    digits = np.zeros(len(values), dtype=np.int64)
    positive = values[usable]
    powers = np.array([10**power for power in range(19)], dtype=np.int64)
    digits[usable] = positive // powers[np.searchsorted(powers, positive, side="right") - 1]
    count = number(window, usable).astype(np.float64)
    found = np.zeros(len(values))
    with np.errstate(invalid="ignore", divide="ignore"):
        for digit in range(1, _DIGITS + 1):
            expected = count * _BENFORD[digit - 1]
            found += (number(window, usable & (digits == digit)) - expected) ** 2 / expected
    return found
