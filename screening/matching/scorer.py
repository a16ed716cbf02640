"""How alike two names are, 0-1, with the alignment of their words: order, initials, glued, missing and contradicting words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from rapidfuzz.distance import OSA

from core.words import said
from screening.matching.likeness import (
    CUT,
    INITIAL,
    NICKNAME,
    SAME,
    SHAPE,
    SOUND,
    TYPED,
    VOWELS,
    word_likeness,
)  # fmt: skip
from screening.matching.normalise import is_cut_form, is_particle
from screening.matching.policy import NameWeights
from screening.matching.words import GENERIC, LAST_FORMS, SAME_NAME

_TOLD = {
    SOUND: said(", sounds the same"), VOWELS: said(", the same without vowels"), SHAPE: said(", the same to a scanner"),
    INITIAL: said("an initial"), NICKNAME: said("a form of the same name"), CUT: said("cut short"),
}  # fmt: skip
_COUNTED = frozenset({TYPED, SOUND, VOWELS, SHAPE})
_SHORTEST_CUT, _SHORTEST_GLUED, _SHORT_WORD = 2, 7, 4
_LONG_CUT = 6
_ONE_WORD = 4 / 3


class WordStatistics(Protocol):
    """What the lists tell of a word."""

    def rarity(self, token: str) -> float:
        """0.2 (on every tenth name) to 1 (nowhere)."""

    def surprise(self, token: str) -> float:
        """Nats: minus the logarithm of the share of names that bear it."""

    def is_known(self, token: str) -> bool:
        """True for a word that several listed names bear."""


class NoStatistics:
    """For two names by themselves: no word is rarer than another, and only the usual given names are known."""

    def rarity(self, token: str) -> float:
        return 1.0

    def surprise(self, token: str) -> float:
        return 8.0

    def is_known(self, token: str) -> bool:
        return token in SAME_NAME


@dataclass(frozen=True)
class Alignment:
    """One word of the query beside the listed word it was matched with (either may be empty), and how alike they are."""

    query: str
    listed: str
    likeness: float
    kind: str = ""

    @property
    def words(self) -> str:
        """The alignment as a reviewer reads it."""
        if not self.listed:
            return said("“{query}” has no counterpart", query=self.query)
        if not self.query:
            return said("“{listed}” is only on the list", listed=self.listed)
        if self.kind == SAME:
            return said("“{query}” is the same", query=self.query)
        told = _TOLD.get(self.kind, "")
        if self.kind not in _COUNTED:
            return f"“{self.query}” ≈ “{self.listed}”, {told}"
        letters = OSA.distance(self.query, self.listed)
        return f"“{self.query}” ≈ “{self.listed}”, {letters} letter{'s' if letters > 1 else ''}{told}"


@dataclass(frozen=True)
class NameScore:
    """`similarity` 0-1, the alignment that gave it, and the nats of surprise in the words that agree."""

    similarity: float
    alignment: tuple[Alignment, ...]
    surprise: float = 0.0


def score_names(query: Sequence[str], listed: Sequence[str], stats: WordStatistics, weights: NameWeights) -> NameScore:
    """The best alignment of two names' words, each weighted by how rare it is.

    A word that only the list has costs little (people leave names out of forms), one that only the query has more, and
    a word on each side that have nothing in common cost both: a contradiction is not an omission.
    """
    mine, theirs = tuple(query), tuple(listed)
    glued = 1.0
    if len(mine) != len(theirs) or "".join(mine) != "".join(theirs):
        mine, theirs = _joined(mine, theirs), _joined(theirs, mine)
        if mine != tuple(query) or theirs != tuple(listed):
            glued = weights.glued
    elif mine != theirs:
        return NameScore(weights.glued, _whole(mine), sum(map(stats.surprise, theirs)))
    if mine == theirs:
        return NameScore(glued, _whole(mine), sum(map(stats.surprise, mine)) * _lone(mine, theirs))
    if sorted(mine) == sorted(theirs):
        return NameScore(min(glued, weights.reordered), _whole(mine), sum(map(stats.surprise, mine)))
    pairs = _aligned(mine, theirs, stats, weights)
    return _summed(mine, theirs, pairs, stats, weights, glued)


def _whole(words: Sequence[str]) -> tuple[Alignment, ...]:
    return tuple(Alignment(word, word, 1.0, SAME) for word in words)


def _joined(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """`words` with neighbours written as one where the other name has them as one: Abdul Rahman, Abdulrahman."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return words
    joined, position = list[str](), 0
    while position < len(words):
        taken = 1
        for count in (3, 2):
            parts = words[position : position + count]
            if len(parts) == count and _is_one_of(parts, others):
                joined.append("".join(parts))
                taken = count
                break
        else:
            joined.append(words[position])
        position += taken
    return tuple(joined)


def _is_one_of(parts: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """True where another name has the parts as one word, with one error at most if no part is an initial."""
    pair = "".join(parts)
    if pair in others:
        return True
    longest, shortest = max(map(len, parts)), min(map(len, parts))
    return (
        shortest > 1
        and len(pair) >= _SHORTEST_GLUED
        and any(
            other[0] == pair[0] and len(other) > longest + 1 and OSA.distance(pair, other, score_cutoff=1) <= 1
            for other in others
        )
    )


Pair = tuple[int, int, float, str]


def _aligned(mine: Sequence[str], theirs: Sequence[str], stats: WordStatistics, weights: NameWeights) -> list[Pair]:
    """Pairs of positions, greedily by likeness, each word used once: exact for names of a few words."""
    found: list[Pair] = []
    last = len(mine) - 1
    for position, word in enumerate(mine):
        for other, counterpart in enumerate(theirs):
            likeness, kind = word_likeness(word, counterpart, weights)
            if kind not in {"", SAME, INITIAL, NICKNAME}:
                likeness -= _doubt(word, counterpart, stats, weights)
            if (
                position == last
                and last
                and _SHORTEST_CUT <= len(word) < len(counterpart)
                and counterpart.startswith(word)
            ):
                likeness, kind = max((likeness, kind), (_cut(word, stats, weights), CUT))
            if likeness > 0:
                found.append((position, other, likeness, kind))
    found.sort(key=lambda item: (-item[2], abs(item[0] - item[1])))
    return _chosen(found, weights)


def _doubt(word: str, counterpart: str, stats: WordStatistics, weights: NameWeights) -> float:
    """A spelling that is a name of its own is hardly a misspelling, a short one less so."""
    short = len(word) <= _SHORT_WORD and len(counterpart) <= _SHORT_WORD
    known = stats.is_known(word)
    return (weights.known_other if known else 0.0) + (weights.short_other if known and short else 0.0)


def _cut(word: str, stats: WordStatistics, weights: NameWeights) -> float:
    """What the beginning of a word is worth; less where it is a name of its own, or two letters."""
    return (weights.known_cut if stats.is_known(word) else weights.cut) - 0.06 * (len(word) == _SHORTEST_CUT)


def _chosen(found: list[Pair], weights: NameWeights) -> list[Pair]:
    pairs: list[Pair] = []
    used, taken = set[int](), set[int]()
    for pair in found:
        if pair[0] not in used and pair[1] not in taken:
            pairs.append(pair)
            used.add(pair[0])
            taken.add(pair[1])
    initials = sorted(pair[:2] for pair in pairs if pair[3] == INITIAL)
    if any(one[1] > other[1] for one, other in pairwise(initials)):
        return [(*pair[:2], weights.crossed_initial, INITIAL) if pair[3] == INITIAL else pair for pair in pairs]
    return pairs


def _summed(
    mine: Sequence[str],
    theirs: Sequence[str],
    pairs: list[Pair],
    stats: WordStatistics,
    weights: NameWeights,
    glued: float,
) -> NameScore:
    total = gained = surprise = 0.0
    alignment = []
    for position, other, likeness, kind in sorted(pairs):
        weight = _weight(theirs[other], stats, weights)
        if kind == INITIAL:
            weight *= weights.initial_weight if len(theirs[other]) > 1 else 1
        elif kind != SAME and stats.is_known(mine[position]):
            weight = max(weight, _weight(mine[position], stats, weights))
        total, gained = total + weight, gained + weight * likeness
        surprise += 2.5 * likeness if kind == INITIAL else stats.surprise(theirs[other]) * likeness
        alignment.append(Alignment(mine[position], theirs[other], likeness, kind))
    used, taken = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    only_mine = [word for number, word in enumerate(mine) if number not in used]
    only_theirs = [word for number, word in enumerate(theirs) if number not in taken]
    added = sum(weights.particle if is_cut_form(word) else _weight(word, stats, weights) for word in only_mine)
    left_out = sum(_weight(word, stats, weights) for word in only_theirs)
    against = min(added, left_out)
    total += (
        against * weights.contradicted + (added - against) * weights.added + (left_out - against) * weights.left_out
    )
    alignment += [Alignment(word, "", 0.0) for word in only_mine]
    alignment += [Alignment("", word, 0.0) for word in only_theirs]
    similarity = glued * gained / total if total else 0.0
    similarity = min(similarity, _most(mine, theirs, pairs, weights))
    return NameScore(round(similarity, 4), tuple(alignment), surprise * _lone(mine, theirs))


def _lone(mine: Sequence[str], theirs: Sequence[str]) -> float:
    """A name of one word cannot be as surprising as a name of two: it is measured against its own kind."""
    return _ONE_WORD if len(mine) == len(theirs) == 1 else 1.0


def _most(mine: Sequence[str], theirs: Sequence[str], pairs: list[Pair], weights: NameWeights) -> float:
    """One shared word is not a name: another one, or an initial of each further word of the shorter name, must agree."""
    whole = [pair for pair in pairs if pair[3] != INITIAL and not is_particle(theirs[pair[1]])]
    mine_whole = [word for word in mine if not is_particle(word)] or mine
    theirs_whole = [word for word in theirs if not is_particle(word)] or theirs
    shortest = min(len(mine_whole), len(theirs_whole))
    if shortest == 1:
        paired = len(pairs) == len(mine) == len(theirs)
        return 1.0 if paired or len(mine_whole) == len(theirs_whole) else weights.short
    if len(whole) >= 2:  # noqa: PLR2004 - two words agree
        return 1.0
    if not whole or len(pairs) < shortest:
        return weights.one_word
    return 1.0 if whole[0][2] >= weights.beside_initials else weights.short


def _weight(word: str, stats: WordStatistics, weights: NameWeights) -> float:
    if is_particle(word):
        return weights.particle
    rarity = stats.rarity(word)
    if len(word) == 1:
        return rarity * weights.initial_weight
    if word in LAST_FORMS:
        return min(rarity, weights.form)
    return min(rarity, weights.generic) if word in GENERIC else rarity
