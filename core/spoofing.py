"""Names that are not what they look like: letters nobody sees, letters that turn the line round, words of mixed scripts.

Unicode Technical Report 36 and Standard 39. Nothing is changed in what was sent: a person is shown that it is there.
"""

import re
import unicodedata
from collections.abc import Iterator

from core.words import said

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2064\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_JOINING = "(?<![\u0600-\u109f\u1780-\u17ff])[\u200c\u200d]"  # within Persian and Indic words they are spelling
HIDDEN = re.compile(f"[{_TURNING}{_UNSEEN}\x00-\x1f\x7f-\x9f]|{_JOINING}")
_WORD = re.compile(r"[^\W\d_]+")
# Scripts whose letters are taken for one another; Japanese and Korean mix theirs by right.
_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"}


def name_of_hidden(char: str) -> str:
    """What a hidden character is called, as `RIGHT-TO-LEFT OVERRIDE`; its number where it has no name."""
    return unicodedata.name(char, f"U+{ord(char):04X}")


def doubts_about(name: str) -> list[str]:
    """Why this name may not be what it looks like, as sentences; empty for almost every name there is."""
    found = list(dict.fromkeys(name_of_hidden(char).lower() for char in HIDDEN.findall(name)))
    told = [said("holds characters that nobody sees: {found}", found=", ".join(found))] if found else []
    return told + [
        said("mixes {scripts} letters in one word", scripts=" and ".join(scripts)) for scripts in _mixed(name)
    ]


def _mixed(name: str) -> Iterator[list[str]]:
    for word in _WORD.findall(HIDDEN.sub("", unicodedata.normalize("NFC", name))):
        scripts = sorted({unicodedata.name(char, "?").split()[0] for char in word} & _ALIKE)
        if len(scripts) > 1:
            yield [script.capitalize() for script in scripts]
