"""How alike two names are, 0-1, with the alignment in words: typing errors, order, initials, glued and missing words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from screening.matching.normalise import is_particle, skeleton

_INITIAL = 0.80
_SAME_SOUND = 0.93
_SHORT = 3
_PARTICLE_WEIGHT = 0.15
_EXTRA_LISTED = 0.35
_GLUED = 0.97


@dataclass(frozen=True)
class Alignment:
    """One word of the query beside the listed word it was matched with (either may be empty), and how alike they are."""

    query: str
    listed: str
    likeness: float

    @property
    def words(self) -> str:
        """The alignment as a reviewer reads it."""
        if not self.listed:
            return f"“{self.query}” has no counterpart"
        if not self.query:
            return f"“{self.listed}” is only on the list"
        if self.likeness == 1:
            return f"“{self.query}” is the same"
        letters = OSA.distance(self.query, self.listed)
        return f"“{self.query}” ≈ “{self.listed}”, {letters} letter{'s' if letters > 1 else ''}"


@dataclass(frozen=True)
class NameScore:
    """`similarity` 0-1 with the alignment that gave it."""

    similarity: float
    alignment: tuple[Alignment, ...]


def word_likeness(one: str, other: str) -> float:
    """0-1: equal, same sound, a few typing errors within a budget by length, or an initial; else 0."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return _INITIAL if one[0] == other[0] else 0.0
    longest = max(len(one), len(other))
    distance = OSA.distance(one, other)
    budget = 1 if longest <= _SHORT + 2 else 2 if longest <= 3 * _SHORT else 3
    if distance <= budget and not (longest <= _SHORT and distance):
        typed = 1 - distance / longest * 0.75
        return max(typed, _SAME_SOUND) if skeleton(one) == skeleton(other) else typed
    return _SAME_SOUND - 0.05 if len(skeleton(one)) >= _SHORT and skeleton(one) == skeleton(other) else 0.0


def score_names(query: Sequence[str], listed: Sequence[str], idf: Callable[[str], float]) -> NameScore:
    """The best alignment of two names' words, weighted by how rare each word is.

    A word of the query without counterpart costs its whole weight, a word only on the list a third of it: people leave
    names out of forms more often than lists leave them out of entries.
    """
    if tuple(query) == tuple(listed) or "".join(query) == "".join(listed):
        likeness = 1.0 if sorted(query) == sorted(listed) else _GLUED
        return NameScore(likeness, tuple(Alignment(word, word, 1.0) for word in query))
    pairs = _aligned(query, listed)
    used_query, used_listed = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    total = gained = 0.0
    alignment = []
    for position, other, likeness in pairs:
        weight = max(_weight(query[position], idf), _weight(listed[other], idf))
        total, gained = total + weight, gained + weight * likeness
        alignment.append(Alignment(query[position], listed[other], likeness))
    for position, word in enumerate(query):
        if position not in used_query:
            total += _weight(word, idf)
            alignment.append(Alignment(word, "", 0.0))
    for position, word in enumerate(listed):
        if position not in used_listed:
            total += _weight(word, idf) * _EXTRA_LISTED
            alignment.append(Alignment("", word, 0.0))
    similarity = gained / total if total else 0.0
    return NameScore(round(_capped(similarity, pairs, query, listed), 4), tuple(alignment))


def _aligned(query: Sequence[str], listed: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs of positions, greedily by likeness, each word used once: exact for names of a few words."""
    likeness = [
        (value, position, other)
        for position, word in enumerate(query)
        for other, counterpart in enumerate(listed)
        if (value := word_likeness(word, counterpart)) > 0
    ]
    pairs: list[tuple[int, int, float]] = []
    for value, position, other in sorted(likeness, key=lambda item: (-item[0], abs(item[1] - item[2]))):
        if all(position != used and other != taken for used, taken, _ in pairs):
            pairs.append((position, other, value))
    return pairs


def _capped(
    similarity: float, pairs: list[tuple[int, int, float]], query: Sequence[str], listed: Sequence[str]
) -> float:
    """One shared word is not a name: without two matched words, one of them whole, names are not near."""
    whole = [likeness for _, _, likeness in pairs if likeness > _INITIAL]
    if min(len(query), len(listed)) > 1 and len(whole) < 2:  # noqa: PLR2004 - one word in common
        return min(similarity, 0.6)
    if min(len(query), len(listed)) == 1 and max(len(query), len(listed)) > 1:
        return min(similarity, 0.75)
    return similarity


def _weight(word: str, idf: Callable[[str], float]) -> float:
    return _PARTICLE_WEIGHT if is_particle(word) else idf(word)
