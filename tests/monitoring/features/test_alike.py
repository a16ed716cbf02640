"""Values that a record shares with an earlier one, beside what plain Python counts."""

import numpy as np

from monitoring.features.alike import alike


def _of(rows):
    """Rows of (among, value, subject, time)."""
    among, values, subjects, times = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return alike(among, values, subjects, times, np.ones(len(rows), dtype=bool), 1000).tolist()


def test_later_record_counts_the_steps_it_shares_with_one_earlier_record():
    first, second = [(0, 7, 0, 1), (1, 8, 0, 2), (2, 9, 0, 3)], [(0, 7, 1, 11), (1, 8, 1, 12), (2, 5, 1, 13)]
    assert _of(first + second) == [0, 0, 0, 2, 2, 0]


def test_what_is_shared_with_different_records_is_not_added_up():
    rows = [(0, 7, 0, 1), (1, 8, 1, 2), (0, 7, 2, 11), (1, 8, 2, 12)]
    assert _of(rows) == [0, 0, 1, 1]


def test_common_values_tell_nothing_alone_but_belong_to_a_copy():
    common = [(0, 3, subject, subject) for subject in range(40)]
    rare = [(1, subject, subject, 100 + subject) for subject in range(40)]
    copy = [(0, 3, 40, 200), (1, 5, 40, 201)]
    assert _of(common + rare) == [0] * 80
    assert _of(common + rare + copy)[-2:] == [1, 1]


def test_longer_ago_and_missing_values_do_not_count():
    assert _of([(0, 7, 0, 1), (0, 7, 1, 2000)]) == [0, 0]
    assert _of([(0, -1, 0, 1), (0, -1, 1, 2)]) == [0, 0]
