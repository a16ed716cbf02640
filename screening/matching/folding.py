"""Text of any script in plain lower-case Latin letters: what is invisible, looks alike or was misread is undone."""

import re
import unicodedata

from anyascii import anyascii

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
     *range(0xFE00, 0xFE10), 0xFEFF]
)  # fmt: skip
# Letters of other scripts that look Latin, used inside Latin words to slip past a comparison.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЈЅаеорсухіјѕԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαιν", "ABEKMHOPCTXYIJSaeopcyxijsdqwhlABEZHIKMNOPTYXoaiv"
)
# Digits that scanners read for letters.
_SCANNED = str.maketrans("01245689", "olzasbbg")
_ARABIC_ARTICLE = re.compile(r"(?<![\u0600-\u06ff])ال(?=[\u0600-\u06ff]{3})")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_GREEK_OR_CYRILLIC = re.compile(r"[\u0370-\u052f]")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Revised Romanisation, which the letters give, beside the spellings that passports and lists use.
_KOREAN = (("eo", "o"), ("eu", "u"), ("ae", "ae"), ("oe", "oe"))
_KOREAN_SURNAMES = {
    "gim": "kim",
    "i": "lee",
    "bak": "pak",
    "choe": "choe",
    "jo": "jo",
    "gang": "kang",
    "go": "ko",
    "no": "no",
}


def fold(text: str) -> str:
    """Lower-case Latin letters, digits and the punctuation of the text, whatever script it is written in."""
    if not text.isascii():
        text = _in_latin(text)
    return " ".join(map(_unscanned, text.lower().split()))


def _in_latin(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    plain = " ".join(_unmasked(word) for word in plain.split())
    plain = _ARABIC_ARTICLE.sub("al ", plain)
    plain = _HANGUL.sub(lambda found: _korean(found.group()), plain)
    plain = _HAN.sub(lambda found: _CAPITAL.sub(" ", anyascii(found.group())) + " ", plain)
    return str(anyascii(plain))


def _unmasked(word: str) -> str:
    """A word that is Latin once its look-alikes are, read as Latin; a word of another script stays."""
    if word.isascii():
        return word
    folded = word.translate(_LOOKALIKES)
    return word if _GREEK_OR_CYRILLIC.search(folded) else folded


def _korean(text: str) -> str:
    syllables = _CAPITAL.sub(" ", anyascii(text)).lower().split()
    head = _KOREAN_SURNAMES.get(syllables[0], syllables[0])
    rest = " ".join(syllables[1:])
    for written, usual in _KOREAN:
        rest = rest.replace(written, usual)
    return f"{head} {rest} "


def _unscanned(word: str) -> str:
    """Digits inside a word as the letters that scanners take for them; numbers stay."""
    if word.isalpha():
        return word
    letters, digits = sum(char.isalpha() for char in word), sum(char.isdigit() for char in word)
    misread = letters > digits or letters == digits > 1 or word == "a1"
    return word.translate(_SCANNED) if misread else word
