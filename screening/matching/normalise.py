"""Names as the engine compares them: plain Latin tokens without titles, legal forms and invisible characters."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
# Letters of other scripts that look Latin, used inside Latin words to slip past a comparison.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХУаеорсухіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXYaeopcyxijsdqwABEZHIKMNOPTYXo")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sir",
        "haji",
        "hajji",
        "hajj",
        "mullah",
        "maulavi",
        "sheikh",
        "shaykh",
        "general",
        "colonel",
    ]
)
_LEGAL = frozenset(
    [
        "ltd",
        "limited",
        "llc",
        "llp",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "company",
        "gmbh",
        "ag",
        "kg",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "aps",
        "plc",
        "pjsc",
        "jsc",
        "ojsc",
        "ooo",
        "oao",
        "zao",
        "ao",
        "pte",
        "pty",
        "sdn",
        "bhd",
        "fze",
        "fzco",
        "est",
        "cv",
        "de",
        "rl",
    ]
)
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ur",
        "bin",
        "ben",
        "ibn",
        "bint",
        "abu",
        "abd",
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "do",
        "dos",
        "la",
        "le",
        "di",
        "du",
        "the",
        "of",
        "and",
        "y",
        "e",
    ]
)
_DIGRAPHS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"),
             ("ck", "k"), ("q", "k"), ("w", "v"), ("y", "i"), ("z", "s"), ("j", "i"), ("x", "ks"), ("c", "k"))  # fmt: skip


@lru_cache(maxsize=65536)
def tokens_of(name: str) -> tuple[str, ...]:
    """The comparable words of a name in their order; titles are dropped, and everything is kept where all would go."""
    words = tuple(word for word in re.split(r"[^a-z0-9]+", fold(name).replace("'", "").replace("`", "")) if word)
    kept = tuple(word for word in words if word not in _TITLES and word not in _LEGAL)
    return kept or words


def fold(text: str) -> str:
    """Lower-case Latin: compatibility forms, look-alikes and invisible characters folded, other scripts transliterated."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    if any("a" <= char.lower() <= "z" for char in plain):
        plain = plain.translate(_LOOKALIKES)
    return anyascii(plain).lower()


def is_particle(token: str) -> bool:
    """True for words that names gain and lose without meaning: al, bin, von, de."""
    return token in _PARTICLES


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """A word by its sounding consonants: `mohammed`, `muhamad` → `mhmd`. Digits stay."""
    for written, sound in _DIGRAPHS:
        token = token.replace(written, sound)
    head, rest = token[:1], re.sub(r"[aeiouh]", "", token[1:])
    return re.sub(r"(.)\1+", r"\1", ("a" if head in "aeiou" else head) + rest)
