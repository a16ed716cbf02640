"""Text as it is looked up: Latin letters without marks, whatever the script; and snippets of it as it was. Pure."""

import re
from collections.abc import Sequence

from anyascii import anyascii

MOST_TERMS, LONGEST_TERM = 8, 40
_WORDS = re.compile(r"[a-z0-9]+")
_TOKENS = re.compile(r"\w+|\W+")
_LEAST_PREFIX = 3
_BEFORE, _AFTER = 8, 40


def fold(text: str) -> str:
    """Lower-case Latin words and digits, divided by single blanks: `Żółkiewski, Łukasz` → `zolkiewski lukasz`."""
    return " ".join(_WORDS.findall(anyascii(text).lower()))


def terms_of(query: str) -> list[str]:
    """The words a query asks for, folded; at most eight."""
    return [word[:LONGEST_TERM] for word in fold(query).split()][:MOST_TERMS]


def is_prefix(term: str) -> bool:
    """True where a term stands for every word that begins with it."""
    return len(term) >= _LEAST_PREFIX


def trigrams(text: str) -> set[str]:
    """The three-letter pieces of every word, padded as PostgreSQL's pg_trgm does."""
    padded = [f"  {word} " for word in fold(text).split()]
    return {word[start : start + 3] for word in padded for start in range(len(word) - 2)}


def likeness(query: str, names: str) -> float:
    """The share of the query's trigrams that the names have: 0 to 1."""
    wanted = trigrams(query)
    return len(wanted & trigrams(names)) / len(wanted) if wanted else 0.0


def snippet(text: str, terms: Sequence[str]) -> list[tuple[str, bool]]:
    """A piece of the text around the first match, as (part, is it a match); the beginning where nothing matches."""
    tokens = _TOKENS.findall(text)
    first = next((place for place, token in enumerate(tokens) if _matches(token, terms)), 0)
    start = max(0, first - _BEFORE)
    piece = tokens[start : first + _AFTER]
    parts = [(token, _matches(token, terms)) for token in piece]
    if start:
        parts.insert(0, ("… ", False))
    if first + _AFTER < len(tokens):
        parts.append((" …", False))
    return parts


def _matches(token: str, terms: Sequence[str]) -> bool:
    words = fold(token).split()
    return any(word == term or (is_prefix(term) and word.startswith(term)) for word in words for term in terms)
