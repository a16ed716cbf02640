"""Names that hold the words of a query, the likeliest first."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.matching.index.keys import found_at, initial_bit, key_hash, plain_number
from screening.matching.index.words import Spellings, Vocabulary
from screening.matching.normalise import is_particle
from screening.matching.policy import MatchPolicy

ARRAYS = (
    "letters", "letter_offsets", "counts", "by_length", "length_starts", "masks",
    "spelling_keys", "spelling_words",
    "word_rows", "word_offsets", "row_words", "row_offsets", "row_weights", "row_initials",
    "row_kinds", "bearer_offsets", "bearers", "bearer_spelled", "entry_text", "entry_offsets",
    "id_keys", "id_entries", "source_keys", "source_entries",
)  # fmt: skip
PEOPLE, OTHERS = 1, 2
LONGEST_WORD = 60
_FLOOR, _SLACK = 0.42, 0.2
_KEPT = 4096


@dataclass(frozen=True)
class NameIndex:
    """Rows are distinct names; words are numbered alphabetically. See `building` for what each array holds."""

    meta: dict[str, Any]
    letters: NDArray[np.uint8]
    letter_offsets: NDArray[np.uint32]
    counts: NDArray[np.int32]
    by_length: NDArray[np.int32]
    length_starts: NDArray[np.int32]
    masks: NDArray[np.uint64]
    spelling_keys: NDArray[np.int64]
    spelling_words: NDArray[np.int32]
    word_rows: NDArray[np.int32]
    word_offsets: NDArray[np.uint32]
    row_words: NDArray[np.int32]
    row_offsets: NDArray[np.uint32]
    row_weights: NDArray[np.float32]
    row_initials: NDArray[np.uint32]
    row_kinds: NDArray[np.uint8]
    bearer_offsets: NDArray[np.uint32]
    bearers: NDArray[np.int32]
    bearer_spelled: NDArray[np.uint16]
    entry_text: NDArray[np.uint8]
    entry_offsets: NDArray[np.uint64]
    id_keys: NDArray[np.int64]
    id_entries: NDArray[np.int32]
    source_keys: NDArray[np.int64]
    source_entries: NDArray[np.int32]
    words: Vocabulary = field(init=False, repr=False, compare=False)
    _remembered: "OrderedDict[tuple[str, bool], Spellings]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Vocabulary(self))
        object.__setattr__(self, "_remembered", OrderedDict())

    @property
    def entry_count(self) -> int:
        """How many entries there are."""
        return len(self.entry_offsets) - 1

    def text_of_entry(self, number: int) -> bytes:
        """The entry as `entries` packs it."""
        return self.entry_text[int(self.entry_offsets[number]) : int(self.entry_offsets[number + 1])].tobytes()

    def entry_of(self, list_key: str, source_id: str) -> int | None:
        """The number of the entry with this id on this list, or None."""
        found = found_at(self.source_keys, self.source_entries, key_hash(f"{list_key}\n{source_id}"))
        return int(found[0]) if len(found) else None

    def tokens_of_row(self, row: int) -> tuple[str, ...]:
        """The words of a row in their order."""
        words = self.row_words[self.row_offsets[row] : self.row_offsets[row + 1]]
        return tuple(self.words.tokens[word] for word in words.tolist())

    def bearers_of_row(self, row: int) -> list[tuple[int, int]]:
        """The entries that bear the name, each with the place of its spelling among their names."""
        span = slice(int(self.bearer_offsets[row]), int(self.bearer_offsets[row + 1]))
        return list(zip(self.bearers[span].tolist(), self.bearer_spelled[span].tolist(), strict=True))

    def entries_with_number(self, number: str) -> list[int]:
        """Entries that bear this id number (passport, registration, IMO, LEI, wallet), whatever its punctuation."""
        return [int(entry) for entry in found_at(self.id_keys, self.id_entries, key_hash(plain_number(number)))]

    def rows_like(self, tokens: Sequence[str], policy: MatchPolicy, kinds: int = PEOPLE | OTHERS) -> list[int]:
        """Rows that share enough with the words of a query, the likeliest first; `kinds` says people, others or both.

        Each word is worth its rarity times how alike the listed spelling is; a row is kept where the sum nears what the
        query is worth, and the best `policy.candidates` by an estimate of the score are returned.
        """
        asked = [word for word in dict.fromkeys(tokens) if len(word) > 1]
        told = [word for word in asked if not is_particle(word)] or asked
        if not told or not len(self.row_kinds):
            return []
        found = [self._spellings(word, policy, last=number == len(told) - 1) for number, word in enumerate(told)]
        gains = [self._gain(spellings) for spellings in found]
        for pair, (left, right) in self._neighbours(told):
            joined = self._gain(self._spellings(pair, policy, last=False))
            np.maximum(gains[left], joined, out=gains[left])
            np.maximum(gains[right], joined, out=gains[right])
        for number, word in enumerate(told):
            halves = self.words.halves(word)
            if halves:
                np.maximum(gains[number], sum(self._gain(half) for half in halves) / len(halves), out=gains[number])
        return self._best(gains, [spellings.worth for spellings in found], tokens, policy, kinds)

    def _best(
        self,
        gains: list[NDArray[np.float32]],
        worth: list[float],
        tokens: Sequence[str],
        policy: MatchPolicy,
        kinds: int,
    ) -> list[int]:
        """The rows with the best estimate of their score."""
        total = gains[0] * np.float32(worth[0])
        for gain, value in zip(gains[1:], worth[1:], strict=True):
            total += gain * np.float32(value)
        rows = np.flatnonzero(total >= _FLOOR * sum(worth))
        if kinds != PEOPLE | OTHERS:
            rows = rows[(self.row_kinds[rows] & kinds) > 0]
        if len(rows) == 0:
            return []
        matched = np.zeros(len(rows), dtype=np.float32)
        for gain, value in zip(gains, worth, strict=True):
            matched += (gain[rows] > 0) * np.float32(value)
        unmatched = np.float32(sum(worth)) - matched
        extra = np.maximum(self.row_weights[rows] - matched, 0)
        against = np.minimum(unmatched, extra)
        names = policy.names
        cost = against * names.contradicted + (unmatched - against) * names.added + (extra - against) * names.left_out
        estimate = total[rows] / (matched + cost)
        for token in tokens:
            if len(token) == 1:
                estimate += ((self.row_initials[rows] & initial_bit(token)) > 0) * np.float32(0.2) - np.float32(0.1)
        count = min(policy.candidates, len(rows))
        if count < len(rows):
            top = np.argpartition(estimate, -count)[-count:]
            rows, estimate = rows[top], estimate[top]
        kept = estimate >= policy.near_from - _SLACK
        rows, estimate = rows[kept], estimate[kept]
        order: list[int] = rows[np.argsort(-estimate, kind="stable")].tolist()
        return order

    def _gain(self, found: Spellings) -> NDArray[np.float32]:
        """For every row, how alike the best spelling of `found` is that it holds."""
        gain = np.zeros(len(self.row_kinds), dtype=np.float32)
        for word, value in zip(found.words, found.likeness, strict=True):  # ascending, so the best is written last
            gain[self.word_rows[self.word_offsets[word] : self.word_offsets[word + 1]]] = value
        return gain

    def _spellings(self, word: str, policy: MatchPolicy, *, last: bool) -> Spellings:
        key = (word, last)
        found = self._remembered.get(key)
        if found is None:
            found = self._remembered[key] = self.words.spellings(word, policy.names, cut=last)
            if len(self._remembered) > _KEPT:
                self._remembered.popitem(last=False)
        return found

    def _neighbours(self, told: list[str]) -> list[tuple[str, tuple[int, int]]]:
        """Neighbouring words that a list writes as one."""
        pairs = ((told[number] + told[number + 1], (number, number + 1)) for number in range(len(told) - 1))
        return [(pair, places) for pair, places in pairs if self.words.number(pair) is not None]
