"""The words of the listed names, and the spellings among them that a word of a query may stand for."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from screening.matching.index.keys import found_at, key_hash, letter_mask
from screening.matching.likeness import budget, typed_likeness, word_likeness
from screening.matching.phonetics import keys_of
from screening.matching.policy import NameWeights
from screening.matching.words import SAME_NAME

_MOST_CUT, _NO_ERROR, _MOST_COUNTED = 300, 2, 16384
_SHORTEST_CUT, _SHORTEST_HALF = 3, 3
_KNOWN_FROM = 4
LEAST_RARITY = 0.2
LEAST_NAMES = 50_000  # a short list says little of how common its words are: each counts as one of so many names
_MOST_SPELLINGS = 250


@dataclass(frozen=True)
class Spellings:
    """Listed words with how alike each is, ascending; `worth` is how rare the word of the query is, or is meant to be."""

    words: list[int]
    likeness: list[float]
    worth: float


class WordArrays(Protocol):
    """The arrays of an index that its words are looked up in; see `building`."""

    @property
    def meta(self) -> dict[str, Any]: ...
    @property
    def letters(self) -> NDArray[np.uint8]: ...
    @property
    def letter_offsets(self) -> NDArray[np.uint32]: ...
    @property
    def counts(self) -> NDArray[np.int32]: ...
    @property
    def by_length(self) -> NDArray[np.int32]: ...
    @property
    def length_starts(self) -> NDArray[np.int32]: ...
    @property
    def masks(self) -> NDArray[np.uint64]: ...
    @property
    def spelling_keys(self) -> NDArray[np.int64]: ...
    @property
    def spelling_words(self) -> NDArray[np.int32]: ...


class Vocabulary:
    """The distinct words of an index. `tokens` is sorted; a word's number is its place there."""

    def __init__(self, index: WordArrays) -> None:
        self._index = index
        self._counted: dict[str, int] = {}
        self._windows: dict[int, tuple[int, NDArray[np.int8]]] = {}
        self._scale = log(max(LEAST_NAMES, int(index.meta["names"])))

    @cached_property
    def _token_array(self) -> NDArray[np.object_]:
        return np.array(self.tokens, dtype=object)

    @cached_property
    def tokens(self) -> list[str]:
        """The words themselves, read when the first is asked for."""
        text = self._index.letters.tobytes().decode("ascii")
        return [text[start:end] for start, end in pairwise(self._index.letter_offsets.tolist())]

    def number(self, token: str) -> int | None:
        """The word's number, or None where no name holds it."""
        place = bisect_left(self.tokens, token)
        return place if place < len(self.tokens) and self.tokens[place] == token else None

    def count(self, token: str) -> int:
        """How many names hold the word."""
        count = self._counted.get(token)
        if count is None:
            if len(self._counted) > _MOST_COUNTED:
                self._counted.clear()
            place = self.number(token)
            count = self._counted[token] = 0 if place is None else int(self._index.counts[place])
        return count

    def rarity(self, token: str) -> float:
        """0.2 (everywhere) to 1 (nowhere, or once)."""
        return self._rarity(self.count(token))

    def surprise(self, token: str) -> float:
        """Nats: minus the logarithm of the share of names that hold the word."""
        return self._scale - log(max(1, self.count(token)))

    def is_known(self, token: str) -> bool:
        """True for a word that several names hold: then it is hardly a misspelling."""
        return self.count(token) >= _KNOWN_FROM

    def spellings(self, word: str, weights: NameWeights, *, cut: bool) -> Spellings:
        """Every listed word that `word` may stand for; where `cut`, those that begin with it too."""
        valued = {place: typed_likeness(word, self.tokens[place], weights)[0] for place in self._near(word)}
        for place in self._keyed(word):  # only these can be alike by a key
            valued[place] = word_likeness(word, self.tokens[place], weights)[0]
        if cut:
            for place in self._begun(word):
                valued[place] = max(valued.get(place, 0.0), weights.cut)
        rated = sorted((value, place) for place, value in valued.items() if value > 0)[-_MOST_SPELLINGS:]
        meant = rated[-1][1] if rated else None
        worth = 1.0 if meant is None else self._rarity(int(self._index.counts[meant]))
        return Spellings([place for _, place in rated], [value for value, _ in rated], worth)

    def halves(self, word: str) -> list[Spellings]:
        """Where an unlisted word is two listed ones glued, those two."""
        if len(word) < 2 * _SHORTEST_HALF or self.number(word) is not None:
            return []
        for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            numbers = self.number(word[:cut]), self.number(word[cut:])
            if numbers[0] is not None and numbers[1] is not None:
                return [Spellings([number], [1.0], 1.0) for number in numbers if number is not None]
        return []

    def _rarity(self, count: int) -> float:
        return max(LEAST_RARITY, 1 - log(max(1, count)) / self._scale)

    def _near(self, word: str) -> list[int]:
        """Within the budget of errors: first by letters in common (exact, an error changes two bits), then by distance."""
        if len(word) <= _NO_ERROR:
            place = self.number(word)
            return [] if place is None else [place]
        first, bounds = self._window(len(word))
        differing = np.bitwise_count(self._index.masks[first : first + len(bounds)] ^ np.uint64(letter_mask(word)))
        places = self._index.by_length[first : first + len(bounds)][differing <= bounds]
        if not len(places):
            return []
        most = budget(len(word) + 1)
        errors = process.cdist(
            [word], self._token_array[places], scorer=OSA.distance, score_cutoff=most, dtype=np.uint8
        )[0]
        near: list[int] = places[errors <= most].tolist()
        return near

    def _window(self, length: int) -> tuple[int, NDArray[np.int8]]:
        """Where words of a fitting length begin, and for each of them how many letters may differ.

        An error changes two letters at most, one that makes a word longer or shorter a single one.
        """
        if length not in self._windows:
            starts = self._index.length_starts.tolist()
            most = budget(length + 1)
            lengths = range(max(1, length - most), min(length + most, len(starts) - 2) + 1)
            spans = [starts[other + 1] - starts[other] for other in lengths]
            allowed = [2 * budget(max(length, other)) - abs(length - other) for other in lengths]
            fits = [
                bound if abs(length - other) <= bound else -1 for other, bound in zip(lengths, allowed, strict=True)
            ]
            self._windows[length] = (starts[lengths[0]], np.repeat(np.array(fits, dtype=np.int8), spans))
        return self._windows[length]

    def _keyed(self, word: str) -> list[int]:
        index = self._index
        found: list[int] = []
        for key in keys_of(word):
            found += found_at(index.spelling_keys, index.spelling_words, key_hash(key)).tolist()
        if word in SAME_NAME:
            numbers = (self.number(other) for other in _forms(word))
            found += [number for number in numbers if number is not None]
        return found

    def _begun(self, word: str) -> range:
        if len(word) < _SHORTEST_CUT:
            return range(0)
        first, end = bisect_left(self.tokens, word), bisect_left(self.tokens, word + "{")
        return range(first, end) if end - first <= _MOST_CUT else range(0)


def _forms(word: str) -> list[str]:
    return [other for other, groups in SAME_NAME.items() if groups & SAME_NAME[word]]
