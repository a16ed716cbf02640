"""From the names of customers to the arrays of the index."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.matching.normalise import tokens_of
from screening.reverse.index import CustomerIndex, significant
from screening.reverse.keys import PAIRS, bones_of, number_keys, pairs_of


@dataclass(frozen=True)
class CustomerName:
    """The names and id numbers of one party of a customer; `key` is the customer's UUID."""

    key: bytes
    names: Sequence[str]
    numbers: Sequence[str] = ()
    person: bool = True


def build_customer_index(parties: Iterable[CustomerName], built_at: str) -> CustomerIndex:
    """The index over all names. One pass; the memory is that of the distinct words and of four bytes a word of a name."""
    words: dict[str, int] = {}
    flat, lengths, whole, owners, people = array("i"), array("B"), array("B"), array("i"), array("B")
    keys: list[bytes] = []
    numbers: list[tuple[int, int]] = []
    for place, party in enumerate(parties):
        keys.append(party.key)
        numbers += [(key, place) for key in number_keys(party.numbers)]
        for name in party.names:
            tokens = significant(tokens_of(name))[:255]
            flat.extend(words.setdefault(token, len(words)) for token in tokens)
            lengths.append(len(tokens))
            whole.append(max(1, sum(len(token) > 1 for token in tokens)))
            owners.append(place)
            people.append(party.person)
    numbers.sort()
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(np.frombuffer(lengths, dtype=np.uint8), out=offsets[1:])
    word_rows, word_offsets = _by_word(
        np.frombuffer(flat, dtype=np.int32), np.frombuffer(lengths, dtype=np.uint8), len(words)
    )
    pair_words, pair_offsets, sizes = _by_pair(list(words))
    return CustomerIndex(
        built_at=built_at, words=list(words), keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, 16),
        row_lengths=np.frombuffer(whole, dtype=np.uint8), row_words=np.frombuffer(flat, dtype=np.int32),
        row_offsets=offsets, row_keys=np.frombuffer(owners, dtype=np.int32),
        row_people=np.frombuffer(people, dtype=np.uint8), word_rows=word_rows, word_offsets=word_offsets,
        pair_words=pair_words, pair_offsets=pair_offsets, pair_counts=sizes, bones=_by_bones(words),
        number_keys=np.array([key for key, _ in numbers], dtype=np.uint64),
        number_rows=np.array([place for _, place in numbers], dtype=np.int32),
    )  # fmt: skip


def _by_word(
    flat: NDArray[np.int32], lengths: NDArray[np.uint8], count: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    order = np.argsort(flat, kind="stable")
    offsets = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(flat, minlength=count), out=offsets[1:])
    return rows[order], offsets


def _by_pair(words: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.uint8]]:
    flat, sizes = array("i"), array("B")
    for word in words:
        pairs = pairs_of(word)
        flat.extend(pairs)
        sizes.append(min(255, len(pairs)))
    counts = np.frombuffer(sizes, dtype=np.uint8)
    numbers = np.frombuffer(flat, dtype=np.int32)
    order = np.argsort(numbers, kind="stable")
    offsets = np.zeros(PAIRS + 1, dtype=np.int64)
    np.cumsum(np.bincount(numbers, minlength=PAIRS), out=offsets[1:])
    return np.repeat(np.arange(len(words), dtype=np.int32), counts)[order], offsets, counts


def _by_bones(words: dict[str, int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for word, number in words.items():
        found.setdefault(bones_of(word), []).append(number)
    return found
