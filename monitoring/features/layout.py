"""Rows grouped by keys and ordered by time, and the range of rows each row looks back at (or ahead to).

Everything is exact in whole numbers, so a row computed among millions equals the row computed with its own history.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
MICROSECONDS = 1_000_000
_MOST = float(2**61)
_FEW = 2000  # values that Python has numbered before Polars has begun


@dataclass(frozen=True)
class Window:
    """For each row of a layout the rows `low` (included) to `high` (not included) that it sees."""

    low: Ints
    high: Ints


@dataclass
class Layout:
    """Rows of equal `codes` belong together; within them `times` (microseconds) ascend.

    `order` places a row of the frame: `frame[order]` is the layout. None where the frame has that order already.
    `known` is false where a key is missing: such a row has no group.
    """

    codes: Ints
    times: Ints
    order: Ints | None = None
    known: Bools | None = None
    _windows: dict[tuple[int, bool, bool], Window] = field(default_factory=dict)

    def arranged(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Values in the frame's order put in the layout's."""
        return values if self.order is None else values[self.order]

    def returned(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Values in the layout's order put back in the frame's."""
        if self.order is None:
            return values
        back = np.empty_like(values)
        back[self.order] = values
        return back

    def forget_windows(self) -> None:
        """Frees what `window` keeps."""
        self._windows.clear()

    @cached_property
    def starts(self) -> Ints:
        """For each row the place of the first row of its group."""
        return np.repeat(self._firsts, self._lengths)

    @cached_property
    def ends(self) -> Ints:
        """For each row the place after the last row of its group."""
        return np.repeat(self._firsts + self._lengths, self._lengths)

    @cached_property
    def _firsts(self) -> Ints:
        return np.flatnonzero(np.diff(self.codes, prepend=self.codes[:1] - 1))

    @cached_property
    def _lengths(self) -> Ints:
        return np.diff(self._firsts, append=len(self.codes))

    @cached_property
    def _line(self) -> tuple[Ints, int, list[slice]]:
        """All groups' times one after the other on an ascending line, its unit, and the blocks of rows it is made of.

        A new block, and a new line, begins where the numbers would become too large.
        """
        unit = next(unit for unit in (MICROSECONDS, 1000, 1) if not (self.times % unit).any())
        times = self.times // unit
        first, last = times[self._firsts], times[self._firsts + self._lengths - 1]
        reached = np.cumsum(last - first + 1, dtype=np.float64)
        blocks = np.flatnonzero(np.diff(reached // _MOST, prepend=-1.0))
        line = times - np.repeat(first, self._lengths)
        rows = [int(self._firsts[block]) for block in blocks] + [len(times)]
        slices = [slice(start, end) for start, end in pairwise(rows)]
        for start, end in pairwise([*blocks.tolist(), len(first)]):
            spans = (last - first + 1)[start:end]
            offsets = np.cumsum(spans) - spans
            line[int(self._firsts[start]) :][: int(self._lengths[start:end].sum())] += np.repeat(
                offsets, self._lengths[start:end]
            )
        return line, unit, slices

    def _place(self, shift: int, side: Any) -> Ints:
        """The place in each row's group of the first time at (`left`) or after (`right`) the row's own plus `shift`."""
        line, unit, blocks = self._line
        found = [np.searchsorted(line[rows], line[rows] + shift // unit, side=side) + rows.start for rows in blocks]
        places = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        return np.asarray(np.clip(places, self.starts, self.ends))

    def window(self, length: int, *, excludes: bool = False, ahead: bool = False) -> Window:
        """The last `length` microseconds up to each row's moment, or the next after it.

        Without `excludes` all rows of that very moment are inside; a row exactly `length` old is outside.
        """
        key = (length, excludes, ahead)
        if key not in self._windows:
            if ahead:
                made = Window(self._place(0, "right"), self._place(length, "left"))
            else:
                made = Window(self._place(-length, "right"), self._place(0, "left" if excludes else "right"))
            self._windows[key] = made
        return self._windows[key]


def codes_of(series: pl.Series) -> Ints:
    """Equal values as equal whole numbers, missing ones as -1."""
    if len(series) < _FEW:
        known: dict[Any, int] = {None: -1}
        return np.array([known.setdefault(value, len(known)) for value in series.to_list()], dtype=np.int64)
    texts = series.cast(pl.String)
    return texts.cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()


def layout_of(
    frame: pl.DataFrame, subject: str, time: str, *, by: str = "", among: str = "", owner: str = ""
) -> Layout:
    """The layout of a frame that is sorted by subject and time: of each subject, of each subject and value of `by`,
    or of each value of `among` whoever's row it is, though of one `owner`."""
    times = frame[time].cast(pl.Datetime("us", "UTC")).cast(pl.Int64).to_numpy()
    if among:
        codes = codes_of(_owned(frame, among, owner) if owner in frame.columns else frame[among])
        order = np.lexsort((times, codes))
        return Layout(_dense(codes[order]), times[order], order, codes[order] >= 0)
    subjects = (
        _dense(codes_of(frame[subject])) if len(frame) < _FEW else frame[subject].rle_id().to_numpy().astype(np.int64)
    )
    if not by:
        return Layout(subjects, times)
    values = codes_of(frame[by])
    combined = subjects * (int(values.max(initial=0)) + 2) + values + 1
    order = np.argsort(combined, kind="stable")
    return Layout(_dense(combined[order]), times[order], order, values[order] >= 0)


def _owned(frame: pl.DataFrame, among: str, owner: str) -> pl.Series:
    """The values of `among` with their owner; a row without a value stays without."""
    told = pl.concat_str(pl.col(owner).fill_null(""), pl.col(among).cast(pl.String), separator="\n")
    return frame.select(told.alias(among))[among]


def _dense(ascending: Ints) -> Ints:
    return np.cumsum(np.diff(ascending, prepend=ascending[:1]) != 0)
