"""How far two people agree beyond chance."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

from core.intervals import Z


@dataclass(frozen=True)
class Kappa:
    """Agreement of pairs of judgements: how many pairs, the share that agrees, Cohen's kappa with its 95 % interval.

    `value` is None where chance alone explains all: nobody judged, or both said the same of everything.
    """

    pairs: int
    agreed: int
    value: float | None = None
    low: float = -1.0
    high: float = 1.0


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    """Kappa of judgements by two people of the same things.

    Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960);
    the interval by the large-sample variance of J. L. Fleiss, J. Cohen, B. S. Everitt, Psychological Bulletin 72 (1969),
    which says little below some thirty pairs.
    """
    number, agreed = len(pairs), sum(first == second for first, second in pairs)
    if not number:
        return Kappa(0, 0)
    cells = {cell: count / number for cell, count in Counter(pairs).items()}
    first: defaultdict[Hashable, float] = defaultdict(float)
    second: defaultdict[Hashable, float] = defaultdict(float)
    for (one, other), share in cells.items():
        first[one] += share
        second[other] += share
    seen, expected = agreed / number, sum(first[one] * second[one] for one in list(first))
    if expected > 1 - 1e-12:
        return Kappa(number, agreed)
    kappa = (seen - expected) / (1 - expected)
    spread = sum(
        share * ((1 - expected) - (first[one] + second[one]) * (1 - seen)) ** 2
        if one == other
        else share * (1 - seen) ** 2 * (second[one] + first[other]) ** 2
        for (one, other), share in cells.items()
    )
    variance = (spread - (seen * expected - 2 * expected + seen) ** 2) / (number * (1 - expected) ** 4)
    half = Z * sqrt(max(variance, 0.0))
    return Kappa(number, agreed, kappa, max(-1.0, kappa - half), min(1.0, kappa + half))
