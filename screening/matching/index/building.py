"""From listed parties to the arrays of an index."""

from collections.abc import Iterable
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.lists.base import ListedParty
from screening.matching.index.entries import is_person, is_unsaid, packed
from screening.matching.index.keys import initial_bit, key_hash, letter_mask, plain_number
from screening.matching.index.names import LONGEST_WORD, OTHERS, PEOPLE, NameIndex
from screening.matching.index.words import LEAST_NAMES, LEAST_RARITY
from screening.matching.normalise import is_particle, tokens_of
from screening.matching.phonetics import keys_of
from screening.matching.policy import DEFAULT_POLICY
from screening.matching.words import GENERIC, LAST_FORMS

_SHORTEST_NUMBER = 5
Bearer = tuple[int, int, int]  # entry, place of the spelling among its names, people or others


def build_index(lists: Iterable[tuple[str, Iterable[ListedParty]]]) -> NameIndex:
    """The index of the entries of several lists, each under its key. A row is a distinct name, whoever bears it."""
    rows: dict[tuple[str, ...], list[Bearer]] = {}
    texts: list[bytes] = []
    known: dict[str, tuple[str, ...]] = {}
    numbers: list[tuple[int, int]] = []
    sources: list[tuple[int, int]] = []
    keys = []
    for place, (key, parties) in enumerate(lists):
        keys.append(key)
        for party in parties:
            entry = len(texts)
            kind = PEOPLE | OTHERS if is_unsaid(party.schema) else PEOPLE if is_person(party.schema) else OTHERS
            for tokens, spelled in _names_of(party, known).items():
                rows.setdefault(tokens, []).append((entry, spelled, kind))
            plain = {plain_number(number) for number in party.id_numbers}
            numbers += [(key_hash(number), entry) for number in plain if len(number) >= _SHORTEST_NUMBER]
            sources.append((key_hash(f"{key}\n{party.source_id}"), entry))
            texts.append(packed(place, party))
    return _arrays(keys, rows, texts, {"id": sorted(numbers), "source": sorted(sources)})


def _names_of(party: ListedParty, known: dict[str, tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """The distinct names of a party with the place of their spelling among `all_names`; `known` remembers what was seen."""
    names: dict[tuple[str, ...], int] = {}
    for spelled, name in enumerate(party.all_names):
        tokens = known.get(name)
        if tokens is None:
            tokens = known[name] = tuple(token[:LONGEST_WORD] for token in tokens_of(name))
        if tokens:
            names.setdefault(tokens, spelled)
    return names


def _arrays(
    keys: list[str],
    rows: dict[tuple[str, ...], list[Bearer]],
    texts: list[bytes],
    numbered: dict[str, list[tuple[int, int]]],
) -> NameIndex:
    words = sorted({token for tokens in rows for token in tokens})
    number_of = {word: number for number, word in enumerate(words)}
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    row_words = np.fromiter((number_of[token] for tokens in rows for token in tokens), dtype=np.int32)
    word_rows, word_offsets, counts = _postings(row_words, lengths, len(words))
    bearers = [bearer for found in rows.values() for bearer in found]
    return NameIndex(
        meta={"lists": keys, "names": len(rows), "entries": len(texts)},
        **_word_arrays(words),
        counts=counts, word_rows=word_rows, word_offsets=word_offsets,
        row_words=row_words, row_offsets=_offsets(lengths, np.uint32),
        row_weights=_row_weights(words, counts, row_words, lengths),
        row_initials=np.array([_initials(tokens) for tokens in rows], dtype=np.uint32),
        row_kinds=np.array([_kinds(found) for found in rows.values()], dtype=np.uint8),
        bearer_offsets=_offsets([len(found) for found in rows.values()], np.uint32),
        bearers=np.array([entry for entry, _, _ in bearers], dtype=np.int32),
        bearer_spelled=np.array([spelled for _, spelled, _ in bearers], dtype=np.uint16),
        entry_text=np.frombuffer(b"".join(texts), dtype=np.uint8),
        entry_offsets=_offsets([len(text) for text in texts], np.uint64),
        **_numbered(numbered),
    )  # fmt: skip


def _numbered(numbered: dict[str, list[tuple[int, int]]]) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    for name, found in numbered.items():
        arrays[f"{name}_keys"] = np.array([key for key, _ in found], dtype=np.int64)
        arrays[f"{name}_entries"] = np.array([entry for _, entry in found], dtype=np.int32)
    return arrays


def _kinds(bearers: list[Bearer]) -> int:
    kinds = 0
    for _, _, kind in bearers:
        kinds |= kind
    return kinds


def _word_arrays(words: list[str]) -> dict[str, Any]:
    lengths = np.array([len(word) for word in words], dtype=np.int32)
    by_length = np.argsort(lengths, kind="stable").astype(np.int32)
    masks = np.array([letter_mask(words[number]) for number in by_length], dtype=np.uint64)
    keys = sorted((key_hash(key), number) for number, word in enumerate(words) for key in keys_of(word))
    return {
        "letters": np.frombuffer("".join(words).encode("ascii"), dtype=np.uint8),
        "letter_offsets": _offsets(lengths, np.uint32),
        "by_length": by_length,
        "length_starts": np.searchsorted(lengths[by_length], np.arange(LONGEST_WORD + 2)).astype(np.int32),
        "masks": masks,
        "spelling_keys": np.array([key for key, _ in keys], dtype=np.int64),
        "spelling_words": np.array([number for _, number in keys], dtype=np.int32),
    }  # fmt: skip


def _postings(
    row_words: NDArray[np.int32], lengths: NDArray[np.int64], words: int
) -> tuple[NDArray[np.int32], NDArray[np.uint32], NDArray[np.int32]]:
    """The rows of each word, each row once."""
    rows = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    pairs = np.unique(row_words.astype(np.int64) * max(1, len(lengths)) + rows)
    counts = np.bincount(pairs // max(1, len(lengths)), minlength=words).astype(np.int32)
    return (pairs % max(1, len(lengths))).astype(np.int32), _offsets(counts, np.uint32), counts


def _row_weights(
    words: list[str], counts: NDArray[np.int32], row_words: NDArray[np.int32], lengths: NDArray[np.int64]
) -> NDArray[np.float32]:
    """What the words of a row weigh together."""
    names_weights = DEFAULT_POLICY.names
    rarity = np.maximum(LEAST_RARITY, 1 - np.log(np.maximum(1, counts)) / log(max(LEAST_NAMES, len(lengths)))).astype(
        np.float32
    )
    for number, word in enumerate(words):
        if is_particle(word):
            rarity[number] = names_weights.particle
        elif word in LAST_FORMS:
            rarity[number] = min(rarity[number], names_weights.form)
        elif word in GENERIC:
            rarity[number] = min(rarity[number], names_weights.generic)
    ends = np.cumsum(lengths)
    running = np.concatenate(([0.0], np.cumsum(rarity[row_words], dtype=np.float64)))
    weights: NDArray[np.float32] = (running[ends] - running[ends - lengths]).astype(np.float32)
    return weights


def _initials(tokens: tuple[str, ...]) -> int:
    bits = 0
    for token in tokens:
        bits |= initial_bit(token)
    return bits


def _offsets(lengths: Any, kind: Any) -> NDArray[Any]:
    return np.concatenate(([0], np.cumsum(lengths))).astype(kind)
