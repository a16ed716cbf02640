"""What the evidence would be without one of its features: computed by the engine's own sum, for whoever reviews a hit."""

from collections.abc import Sequence
from dataclasses import dataclass

from screening.matching.evidence import MISSING, Evidence, total


@dataclass(frozen=True)
class Counterfactual:
    """The evidence without `feature`, which is of `verdict`, beside what it is with it."""

    feature: str
    verdict: str
    evidence: float
    without: float


def counterfactuals(features: Sequence[Evidence]) -> list[Counterfactual]:
    """One for each feature that counts, the one that changes most first."""
    whole = total(tuple(features))
    found = [
        Counterfactual(
            item.feature, item.verdict, whole, total(tuple(other for other in features if other is not item))
        )
        for item in features
        if item.verdict != MISSING and item.weight
    ]
    return sorted(found, key=lambda item: abs(item.without - item.evidence), reverse=True)
