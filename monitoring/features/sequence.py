"""Measures of the order of rows: the one before, the first, the time since."""

import numpy as np

from monitoring.features.layout import Bools, Ints, Layout


def previous_place(layout: Layout, counted: Bools) -> Ints:
    """The place of the last counted row before each row in its group; -1 where there is none."""
    places = np.where(counted, np.arange(len(counted)), -1)
    before = np.concatenate([[-1], np.maximum.accumulate(places)[:-1]]) if len(places) else places
    return np.where(before >= layout.starts, before, -1)


def first_place(layout: Layout, counted: Bools) -> Ints:
    """The place of the group's first counted row, up to each row itself; -1 where there is none yet."""
    rank = np.cumsum(counted)
    before = np.concatenate([[0], rank])[layout.starts]
    counted_rows = np.flatnonzero(counted)
    if not len(counted_rows):
        return np.full(len(counted), -1, dtype=np.int64)
    first = counted_rows[np.minimum(before, len(counted_rows) - 1)]
    return np.where(rank > before, first, -1)
