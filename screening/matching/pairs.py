"""Two names by themselves, without a list: no word is rarer than another."""

from dataclasses import dataclass

from screening.matching.matcher import MatchPolicy
from screening.matching.normalise import tokens_of
from screening.matching.scorer import score_names

_POLICY = MatchPolicy()


@dataclass(frozen=True)
class PairScore:
    """How alike two names are, 0-1, whether that is a match by the name alone, and why."""

    similarity: float
    is_match: bool
    alignment: tuple[str, ...]


def score_pair(schema: str, one: str, other: str) -> PairScore:
    """The score of two names of a `schema` (Person, Organization …), the likelier of both directions."""
    mine, theirs = tokens_of(one), tokens_of(other)
    score = max(
        (score_names(left, right, lambda _: 1.0) for left, right in ((mine, theirs), (theirs, mine))),
        key=lambda found: found.similarity,
    )
    return PairScore(
        score.similarity, score.similarity >= _POLICY.similar_from, tuple(part.words for part in score.alignment)
    )
