"""Cool-downs of many subjects at once, as one by one."""

import numpy as np
import pytest

from monitoring.scoring import outside_pauses


def _one_by_one(codes, times, pause):
    last, kept = {}, []
    for code, time in zip(codes.tolist(), times.tolist(), strict=True):
        kept.append(code not in last or time >= last[code] + pause)
        if kept[-1]:
            last[code] = time
    return kept


@pytest.mark.parametrize("subjects", [1, 3, 400])
@pytest.mark.parametrize("pause", [1, 100, 50_000, 10**7])
def test_those_after_a_pause_are_the_same_as_one_by_one(subjects, pause):
    rng = np.random.default_rng(subjects)
    codes, times = np.sort(rng.integers(0, subjects, 3000)), rng.integers(0, 10**6, 3000)
    times = times[np.lexsort((times, codes))]
    assert outside_pauses(codes, times, pause).tolist() == _one_by_one(codes, times, pause)
