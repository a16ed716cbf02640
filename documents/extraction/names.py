"""Whether two names are one: order, accents, script and the airline spelling of accents do not count."""

import unicodedata
from itertools import product

from anyascii import anyascii
from rapidfuzz import fuzz

# ICAO 9303-3, section 6 A: how a machine-readable zone writes letters that are no plain Latin ones.
_ICAO = str.maketrans({
    "Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE", "Œ": "OE", "ß": "SS", "ẞ": "SS", "Þ": "TH", "Ð": "D",
    "Ñ": "N", "Ĳ": "IJ",
})  # fmt: skip
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
_NEAR_IN_ANOTHER_SCRIPT = 75
_NEAR = 85
_LEAST_WORDS = 2


def words_of(name: str) -> list[frozenset[str]]:
    """The words of a name, each with the spellings it can have in plain Latin capitals."""
    upper = unicodedata.normalize("NFC", name).upper().translate(_APOSTROPHES)
    cleaned = "".join(char if char.isalnum() or unicodedata.combining(char) else " " for char in upper)
    return [frozenset({_plain(word), _plain(word.translate(_ICAO))}) for word in cleaned.split()]


def is_same_name(printed: str, given: str) -> bool:
    """True where every word of the shorter name is a word of the longer one, and the shorter has two words or all.

    Middle names that stand on one side only do not count; a name in another script may differ in its transcription.
    """
    shorter, longer = sorted((words_of(printed), words_of(given)), key=len)
    if len(shorter) < _LEAST_WORDS and len(longer) >= _LEAST_WORDS:
        return False
    near = _NEAR_IN_ANOTHER_SCRIPT if _is_foreign(printed) or _is_foreign(given) else 100
    return bool(shorter) and _covers(shorter, longer, near)


def is_near_name(printed: str, given: str) -> bool:
    """True where the names differ by little more than a slip of spelling."""
    shorter, longer = sorted((words_of(printed), words_of(given)), key=len)
    return bool(shorter) and _covers(shorter, longer, _NEAR)


def likeness(printed: str, given: str) -> float:
    """0-100, to find whose name a printed one is among several."""
    plain = [" ".join(sorted(min(spellings) for spellings in words_of(name))) for name in (printed, given)]
    return float(fuzz.token_set_ratio(*plain))


def is_on_page(name: str, text: str) -> bool:
    """True where all words of `name` stand in `text`, as on a bill with the customer's address."""
    present = {spelling for spellings in words_of(text) for spelling in spellings}
    words = words_of(name)
    return len(words) >= _LEAST_WORDS and all(spellings & present for spellings in words)


def _covers(shorter: list[frozenset[str]], longer: list[frozenset[str]], near: float) -> bool:
    """Whether each word of `shorter` can be paired with another word of `longer`."""
    left = list(longer)
    for word in shorter:
        best = max(left, key=lambda other: _alike(word, other))
        if _alike(word, best) < near:
            return False
        left.remove(best)
    return True


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return max(float(fuzz.ratio(left, right)) for left, right in product(one, other))


def _plain(word: str) -> str:
    return "".join(char for char in anyascii(word).upper() if char.isalnum())


def _is_foreign(name: str) -> bool:
    """Whether the name is written in another script than Latin."""
    return any(char.isalpha() and not unicodedata.name(char, "").startswith("LATIN") for char in name)
