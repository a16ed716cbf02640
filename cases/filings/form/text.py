"""Text as the receivers take it: no control characters, no line ends where there may be none, Latin letters where asked."""

import re
import unicodedata

from anyascii import anyascii

_SPACES = re.compile(r"\s+")
_FORBIDDEN = {"Cc", "Cs", "Co", "Cn"}


def printable(value: str) -> str:
    """Without what XML 1.0 cannot hold and what nobody can read (controls, surrogates); line ends and tabs stay."""
    kept = (char for char in value if char in "\n\t" or unicodedata.category(char) not in _FORBIDDEN)
    return "".join(kept)


def plain(value: str) -> str:
    """One line: printable, every run of white space a single space, none at the ends."""
    return _SPACES.sub(" ", printable(value.replace("\r", "\n"))).strip()


def latin(value: str) -> str:
    """One line in plain Latin letters (ASCII); other scripts are transliterated, marks of direction vanish."""
    return plain(anyascii(value))


def digits(value: str) -> str:
    """The ASCII digits of a value alone."""
    return "".join(char for char in value if char in "0123456789")


def parts(value: str, size: int) -> list[str]:
    """A text in pieces of at most `size` characters, cut at spaces where there are any, none beginning or ending in one."""
    found, rest = [], plain(value)
    while len(rest) > size:
        cut = rest.rfind(" ", 1, size + 1)
        cut = cut if cut > 0 else size
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found
