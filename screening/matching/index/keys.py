"""Keys of words and numbers as the index holds them."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_LETTERS = {char: number for number, char in enumerate("abcdefghijklmnopqrstuvwxyz")}
_DIGITS, _TWICE = 26, 36


def letter_mask(token: str) -> int:
    """64 bits: which letters and digits the word holds, and which letters twice. One error changes two bits at most."""
    once = twice = 0
    for char in token:
        number = _LETTERS.get(char, -1)
        bit = 1 << (number if number >= 0 else _DIGITS + ord(char) % 10)
        if number >= 0 and once & bit:
            twice |= bit
        once |= bit
    return once | twice << _TWICE


def initial_bit(token: str) -> int:
    """One bit of 32 for the first letter; digits share the last."""
    return 1 << _LETTERS.get(token[0], 31)


def key_hash(text: str) -> int:
    """63 bits of a key: stable across machines and versions of Python."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


def plain_number(number: str) -> str:
    """An id number by its letters and digits alone."""
    return "".join(char for char in number.upper() if char.isalnum())


def found_at(keys: NDArray[np.int64], values: NDArray[np.int32], key: int) -> NDArray[np.int32]:
    """The values beside `key` in sorted keys."""
    start = int(np.searchsorted(keys, key, "left"))
    end = start
    while end < len(keys) and keys[end] == key:
        end += 1
    return values[start:end]
