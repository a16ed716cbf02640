"""Near misses by how much they lack of a limit, in tenths: how many there are is told by night."""

WIDTH, BANDS = 0.1, 5  # up to half of a limit, the farthest that is still near (`monitoring.rules.margin.NEAR`)


def band_of(lacks: float) -> int:
    """The tenth of a limit that is lacking, from 0."""
    return min(int(lacks / WIDTH), BANDS - 1)
