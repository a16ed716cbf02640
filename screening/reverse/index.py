"""Looking for customers by the names and numbers of a list entry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from screening.matching.normalise import is_particle
from screening.reverse.keys import bones_of, number_keys, pairs_of

_LEAST_SHARED = 0.45  # of the pairs of letters of both words (Dice)
_MOST_SPELLINGS = 1200
_LIKE, _FAR = 0.875, 0.75
_LEVELS = (np.float32(1.0), np.float32(_LIKE), np.float32(_FAR))
_LEAST_ALIKE = 0.84
_LEAST_RATIO = 0.78
_SHORT, _MIDDLE = 5, 8
_MOST_ROWS = 3_000_000


@dataclass
class CustomerIndex:
    """Words of customers' names, the names (rows) that hold each, and the customer of each row. Arrays may be mapped.

    `row_lengths` counts a name's words without initials. `word_rows[word_offsets[w]:word_offsets[w + 1]]` are the rows of
    word w; `pair_words` in the same way the words that hold a pair of letters, of which a word has `pair_counts`;
    `keys[row_keys[r]]` is the UUID of row r's customer.
    """

    built_at: str
    words: list[str]
    keys: NDArray[np.uint8]
    row_lengths: NDArray[np.uint8]
    row_words: NDArray[np.int32]
    row_offsets: NDArray[np.int64]
    row_keys: NDArray[np.int32]
    row_people: NDArray[np.uint8]
    word_rows: NDArray[np.int32]
    word_offsets: NDArray[np.int64]
    pair_words: NDArray[np.int32]
    pair_offsets: NDArray[np.int64]
    pair_counts: NDArray[np.uint8]
    number_keys: NDArray[np.uint64]
    number_rows: NDArray[np.int32]
    bones: dict[str, list[int]]
    _known: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = {word: number for number, word in enumerate(self.words)}

    def customers_like(
        self, names: Iterable[Sequence[str]], numbers: Iterable[str] = (), *, person: bool | None = None
    ) -> set[bytes]:
        """The UUIDs of customers that bear a name like one of `names` (as words) or one of the id numbers.

        `person` narrows to people or to organisations; None takes both.
        """
        places: set[int] = set()
        for tokens in {variant for told in names for variant in self._variants(tuple(told))}:
            rows = self._rows_like(tokens, person=person)
            if person is not None:
                rows = rows[self.row_people[rows] == person]
            places.update(int(self.row_keys[row]) for row in rows.tolist() if self._alike(tokens, row))
        for key in number_keys(numbers):
            first, last = np.searchsorted(self.number_keys, np.array([key, key + 1], dtype=np.uint64))
            places.update(self.number_rows[first:last].tolist())
        return {self.keys[place].tobytes() for place in places}

    def _variants(self, tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The name's significant words; and with two neighbours as one, or one as two, where customers bear such words."""
        yield significant(tokens)
        for place, (first, second) in enumerate(pairwise(tokens)):
            if first + second in self._numbers:
                yield significant((*tokens[:place], first + second, *tokens[place + 2 :]))
        for place, token in enumerate(tokens):
            for cut in range(2, len(token) - 3):
                parts = token[:cut], token[cut:]
                if parts[1] in self._numbers and (is_particle(parts[0]) or (cut > 3 and parts[0] in self._numbers)):  # noqa: PLR2004
                    yield significant((*tokens[:place], *parts, *tokens[place + 1 :]))

    def _rows_like(self, tokens: tuple[str, ...], *, person: bool | None) -> NDArray[np.int32]:
        """Rows whose words are alike enough, taken together.

        Of a person nearly every word of the shorter side, of others half of them: their names share words that say
        little, and leave out their legal form.
        """
        if not tokens or not len(self.row_lengths):
            return np.zeros(0, dtype=np.int32)
        whole = [
            token for token in tokens if len(token) > 1
        ] or tokens  # whether an initial fits is for the engine to say
        parts = [self._worth_of_rows(*self._spellings(token)) for token in whole]
        found, place = np.unique(np.concatenate([rows for rows, _ in parts]), return_inverse=True)
        alike = np.bincount(place, weights=np.concatenate([worth for _, worth in parts]), minlength=len(found))
        lengths = self.row_lengths[found]
        written = self.row_offsets[found + 1] - self.row_offsets[found]
        shorter = np.minimum(lengths, len(whole))
        needed = np.where(shorter > 3, shorter - 1, shorter) if person else (shorter + 1) // 2  # noqa: PLR2004
        enough = (alike >= _LEAST_ALIKE * needed) & (
            (written == 1) == (len(tokens) == 1)
        )  # one word of several says too little
        return np.unique(np.concatenate([found[enough], self._rows_of_words(self._glued(tokens))]))

    def _alike(self, tokens: tuple[str, ...], row: int) -> bool:
        """True where the words of the shorter name are like words of the longer: cheaper than asking the engine."""
        numbers = self.row_words[self.row_offsets[row] : self.row_offsets[row + 1]].tolist()
        shorter, longer = sorted((tokens, tuple(self.words[number] for number in numbers)), key=len)
        best = [max(_likeness(word, other) for other in longer) for word in shorter]
        if sum(best) >= _LEAST_RATIO * len(best):
            return True
        return (
            OSA.normalized_similarity("".join(tokens), "".join(self.words[number] for number in numbers))
            >= _LEAST_RATIO
        )

    def _worth_of_rows(
        self, words: NDArray[np.int32], worth: NDArray[np.float32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The rows that hold one of these words, each with the worth of the likest."""
        rows, levels = [np.zeros(0, dtype=np.int32)], [np.zeros(0)]
        for level in _LEVELS:
            liker = np.concatenate(rows)
            fresh = np.setdiff1d(self._rows_of_words(words[worth == level]), liker, assume_unique=True)
            rows.append(fresh)
            levels.append(np.full(len(fresh), float(level)))
        return np.concatenate(rows), np.concatenate(levels)

    def _glued(self, tokens: tuple[str, ...]) -> NDArray[np.int32]:
        """Words that stand for the whole name, written as one."""
        near = self._near("".join(tokens)) if len(tokens) > 1 else {}
        return np.array([word for word, worth in near.items() if worth >= _LIKE], dtype=np.int32)

    def _rows_of_words(self, words: NDArray[np.int32]) -> NDArray[np.int32]:
        parts = [self.word_rows[self.word_offsets[word] : self.word_offsets[word + 1]] for word in words]
        rows = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
        return np.unique(rows[:_MOST_ROWS])

    def _spellings(self, token: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Words a few letters off or of the same consonants, each with what it is worth (one of the levels)."""
        if token not in self._known:
            found: dict[int, float] = {}
            if len(token) > 1 and (initial := self._numbers.get(token[0])) is not None:
                found[initial] = _LIKE
            found |= {word: _FAR for word in self.bones.get(bones_of(token), []) if _sounds(token, self.words[word])}
            found |= self._near(token) if len(token) > 1 else {}
            if (exact := self._numbers.get(token)) is not None:
                found[exact] = 1.0
            words = np.fromiter(found, dtype=np.int32, count=len(found))
            self._known[token] = words, np.fromiter(found.values(), dtype=np.float32, count=len(found))
        return self._known[token]

    def _near(self, token: str) -> dict[int, float]:
        pairs = pairs_of(token)
        held = np.concatenate(
            [self.pair_words[self.pair_offsets[pair] : self.pair_offsets[pair + 1]] for pair in pairs]
        )
        words, shared = np.unique(held, return_counts=True)
        alike = 2 * shared / (len(pairs) + self.pair_counts[words])
        words, alike = words[alike >= _LEAST_SHARED], alike[alike >= _LEAST_SHARED]
        if len(words) > _MOST_SPELLINGS:
            words = words[np.argpartition(-alike, _MOST_SPELLINGS)[:_MOST_SPELLINGS]]
        told = {int(word): _worth(token, self.words[word]) for word in words}
        return {word: worth for word, worth in told.items() if worth}


def significant(tokens: Sequence[str]) -> tuple[str, ...]:
    """The distinct words of a name without particles; with them where it has nothing else."""
    distinct = tuple(dict.fromkeys(tokens))
    return tuple(token for token in distinct if not is_particle(token)) or distinct


def errors_of(token: str) -> int:
    """How many letters may differ: one in short words, two up to eight letters, three in longer ones."""
    return 1 if len(token) <= _SHORT else 2 if len(token) <= _MIDDLE else 3


def _sounds(token: str, word: str) -> bool:
    return OSA.distance(token, word, score_cutoff=errors_of(token) + 1) <= errors_of(token) + 1


def _worth(token: str, word: str) -> float:
    """1 for one letter off in a long word, less for more or for the one that begins the other; 0 for another word."""
    shorter, longer = sorted((token, word), key=len)
    errors = OSA.distance(token, word, score_cutoff=errors_of(token))
    if errors <= errors_of(token):
        return (
            1.0 if errors <= 1 and len(shorter) > _SHORT else _LIKE if errors <= 1 or len(shorter) > _MIDDLE else _FAR
        )
    return _LIKE if len(shorter) > _SHORT and longer.startswith(shorter) else 0.0


def _likeness(word: str, other: str) -> float:
    """0 to 1; an initial and the beginning of a word are like it."""
    if len(word) == 1 or len(other) == 1:
        return 0.9 if word[0] == other[0] else 0.5
    if word[0] == other[0] and (word.startswith(other) or other.startswith(word)):
        return 0.9
    return OSA.normalized_similarity(word, other)
