"""Keys by which words of names are found: pairs of letters, consonant skeletons, digests of id numbers."""

import hashlib
from collections.abc import Iterable
from itertools import pairwise

_LETTERS = {char: number for number, char in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", start=1)}
_WIDTH = 37
PAIRS = _WIDTH * _WIDTH
_SOUNDS = str.maketrans({"c": "k", "q": "k", "g": "k", "z": "s", "x": "s", "w": "v", "f": "v", "b": "v", "p": "v",
                         "d": "t", "y": "", "h": "", "j": ""} | dict.fromkeys("aeiou", ""))  # fmt: skip


def pairs_of(token: str) -> list[int]:
    """The distinct pairs of letters of a word and its two ends, as numbers below PAIRS."""
    codes = [0, *(_LETTERS.get(char, 0) for char in token), 0]
    return sorted({first * _WIDTH + second for first, second in pairwise(codes)})


def bones_of(token: str) -> str:
    """The word without vowels, like consonants taken for one, doubles once: `muhammad` and `mohamed` are both `mt`…"""
    told = token.replace("sh", "s").replace("ch", "k").replace("ph", "f").translate(_SOUNDS)
    kept = [char for place, char in enumerate(told) if place == 0 or char != told[place - 1]]
    return token[0] + "".join(kept) if len(kept) < 2 else "".join(kept)  # noqa: PLR2004 - one consonant says too little


def number_key(number: str) -> int:
    """64 bits of an id number without its punctuation."""
    plain = "".join(char for char in number.upper() if char.isalnum())
    return int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=8).digest(), "little")


def number_keys(numbers: Iterable[str]) -> list[int]:
    """The keys of the numbers that are long enough to say something."""
    return [number_key(number) for number in numbers if sum(map(str.isalnum, number)) >= 5]  # noqa: PLR2004
