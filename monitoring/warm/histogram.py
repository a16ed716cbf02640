"""How a feature is distributed in the data: what a slider stands on."""

from typing import TypedDict

import numpy as np
import polars as pl

BARS = 40
_SAMPLE = 200_000


class Histogram(TypedDict):
    """Counts of equal steps from `low` to `high`; `step` is what a slider moves by."""

    low: float
    high: float
    step: float
    counts: list[int]


def histogram(values: pl.Series) -> Histogram | None:
    """Of all but the most extreme hundredth on either side; None where there is nothing to show."""
    sample = values.gather_every(max(1, len(values) // _SAMPLE)).drop_nulls().drop_nans().to_numpy()
    if not len(sample):
        return None
    low, high = (float(value) for value in np.percentile(sample, [0.5, 99.5]))
    whole = bool(np.all(sample == np.round(sample)))
    if whole:
        low, high = np.floor(low), np.ceil(high)
    high = high if high > low else low + 1
    counts, _ = np.histogram(sample, bins=BARS, range=(low, high))
    step = 1.0 if whole and high - low < 10_000 else _nice((high - low) / 200)  # noqa: PLR2004 - counts move by one
    return Histogram(
        low=float(np.floor(low / step) * step), high=float(high), step=step, counts=[int(n) for n in counts]
    )


def _nice(step: float) -> float:
    """The next lower of 1, 2, 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(step))
    return float(max(factor * power for factor in (1, 2, 5) if factor * power <= step * 1.0001))
