"""Values that a record shares with one that came before it, as copied results do."""

import numpy as np

from monitoring.features.layout import Bools, Ints

_RARE, _MOST = 0.05, 50


def alike(among: Ints, values: Ints, subjects: Ints, times: Ints, counted: Bools, length: int) -> Ints:
    """For each row that has the value of an earlier row of another subject, at the same `among` and at most `length`
    microseconds before: in how many of `among` its subject has a value of that other subject. Of several others the most.

    Which other subject it is, is told by rare values: those that more than a twentieth of the rows of `among` have (though two always
    count), or more than 50, do not tell. Codes below 0 are missing.
    """
    found = np.zeros(len(values), dtype=np.int64)
    rows = np.flatnonzero(counted & (among >= 0) & (values >= 0))
    if len(rows) < 2:  # noqa: PLR2004 - a pair
        return found
    rows = rows[np.lexsort((times[rows], values[rows], among[rows]))]
    _, of_among, many = np.unique(among[rows], return_inverse=True, return_counts=True)
    begins = (np.diff(of_among, prepend=-1) != 0) | (np.diff(values[rows], prepend=-1) != 0)
    groups = np.cumsum(begins)
    sizes = np.bincount(groups)[groups]
    rare = sizes <= np.minimum(np.maximum(2, many[of_among] * _RARE), _MOST)
    rows, groups = rows[rare], groups[rare]
    earlier, later = _pairs(groups)
    former, row = rows[earlier], rows[later]
    fits = (subjects[former] != subjects[row]) & (times[row] > times[former]) & (times[row] - times[former] <= length)
    former, row = former[fits], row[fits]
    if not len(row):
        return found
    width = int(subjects.max()) + 1
    pairs, of_pair = np.unique(subjects[row] * width + subjects[former], return_inverse=True)
    shared = np.unique(np.column_stack([of_pair, among[row]]), axis=0)[:, 0]
    number = np.bincount(shared, minlength=len(pairs))
    np.maximum.at(found, row, number[of_pair])
    return np.maximum(found, _also(pairs, number, width, among, values, subjects, counted))


def _also(pairs: Ints, number: Ints, width: int, among: Ints, values: Ints, subjects: Ints, counted: Bools) -> Ints:
    """For rows of a subject that shares values with another, whose own value is the other's too, however common it is."""
    best = pairs[np.lexsort((-number, pairs // width))]
    first = np.flatnonzero(np.diff(best // width, prepend=-1))
    whose, most = np.full(width, -1, dtype=np.int64), np.zeros(width, dtype=np.int64)
    whose[best[first] // width] = best[first] % width
    np.maximum.at(most, pairs // width, number)
    usable = counted & (among >= 0) & (values >= 0)
    _, places = np.unique(np.column_stack([among, values]), axis=0, return_inverse=True)
    has = np.unique(places[usable] * width + subjects[usable])
    other = whose[subjects]
    same = usable & (other >= 0) & np.isin(places * width + other, has)
    return np.where(same, most[subjects], 0)


def _pairs(groups: Ints) -> tuple[Ints, Ints]:
    """The places of every two members of a group; members stand side by side."""
    first, second = [], []
    for lag in range(1, _MOST):
        places = np.flatnonzero(groups[lag:] == groups[:-lag])
        if not len(places):
            break
        first.append(places)
        second.append(places + lag)
    nothing = np.zeros(0, dtype=np.int64)
    return np.concatenate([nothing, *first]), np.concatenate([nothing, *second])
