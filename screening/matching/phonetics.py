"""Words by how they sound and by how they look to a scanner: keys that survive what spelling does not."""

import re
from functools import lru_cache

_DIGRAPHS = (
    ("sch", "s"), ("tch", "c"), ("dzh", "i"), ("zh", "i"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("kh", "h"), ("gh", "g"),
    ("dh", "d"), ("th", "t"), ("ck", "k"), ("dj", "i"), ("ts", "s"), ("q", "k"), ("w", "v"), ("y", "i"), ("z", "s"), ("j", "i"),
    ("x", "ks"), ("c", "k"), ("ff", "v"), ("p", "b"),
)  # fmt: skip
_SILENT = re.compile("[aeiouh]")
_SHORTEST_KEY = 3
_VOWELS = re.compile("[aeiouyw]")
_TWICE = re.compile(r"(.)\1+")
_SPOKEN = (("ou", "u"), ("oo", "u"), ("ow", "u"), ("ee", "i"), ("ey", "e"), ("ay", "ai"), *_DIGRAPHS[:-1], ("ei", "e"), ("ie", "i"),
           ("ai", "e"), ("ia", "a"))  # fmt: skip
_LOOKS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ri", "n"), ("ii", "u"), ("l", "i"), ("j", "i"), ("f", "t"), ("v", "u"), ("c", "e"),
("h", "b"), ("q", "g"))  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """A word by its sounding consonants: mohammed, muhamad and mhmd are one; so are yusuf and youssef. Digits stay."""
    for written, sound in _DIGRAPHS:
        if written in token:
            token = token.replace(written, sound)
    return _TWICE.sub(r"\1", _SILENT.sub("", token)) or token[:1]


@lru_cache(maxsize=65536)
def shape(token: str) -> str:
    """A word as a bad scan leaves it: rn and m, cl and d, l and i are one."""
    for seen, read in _LOOKS:
        if seen in token:
            token = token.replace(seen, read)
    return token


@lru_cache(maxsize=65536)
def sounded(token: str) -> str:
    """A word with its vowels as it is spoken: soo and su, schekau and shekau, jalloul and jallul are one."""
    for written, sound in _SPOKEN:
        if written in token:
            token = token.replace(written, sound)
    return _TWICE.sub(r"\1", token[:1] + token[1:].replace("h", ""))


@lru_cache(maxsize=65536)
def consonants(token: str) -> str:
    """A word as Arabic, Hebrew or haste writes it: without vowels, double letters once."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", token))


def has_vowel(token: str) -> bool:
    """False for a word that was left without vowels."""
    return any(char in "aeiou" for char in token)


def keys_of(token: str) -> list[str]:
    """What the index finds other spellings of a word by: sound, look, consonants that sound and consonants that are written."""
    keys = [f"u{sounded(token)}"]
    if len(token) >= _SHORTEST_KEY:
        keys.append(f"h{shape(token)}")
    bones, written = skeleton(token), consonants(token)
    if len(bones) >= _SHORTEST_KEY:
        keys.append(f"s{bones}")
    if len(written) >= _SHORTEST_KEY:
        keys.append(f"c{written}")
    return keys
