"""Two names by themselves, without a list: no word is rarer than another."""

from dataclasses import dataclass

from screening.matching.normalise import tokens_of
from screening.matching.policy import DEFAULT_POLICY
from screening.matching.scorer import NoStatistics, score_names

_STATISTICS = NoStatistics()


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
        (
            score_names(left, right, _STATISTICS, DEFAULT_POLICY.names)
            for left, right in ((mine, theirs), (theirs, mine))
        ),
        key=lambda found: found.similarity,
    )
    matched = score.similarity >= DEFAULT_POLICY.raise_from
    return PairScore(score.similarity, matched, tuple(part.words for part in score.alignment))
