"""What stands in the column that search looks in: words of titles and names in clear, all others blind.

A word from a text (an e-mail address, a number, what a page says) is kept as the blind values of its beginnings, so that it
is still found by any beginning of three letters on. A number or address is also kept whole, without its blanks and
signs. Whoever has the database and not the key sees how often words occur, and not which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases.search.folding import fold, is_prefix, terms_of
from core.columns.blind import blind

_CASE, _CUSTOMER, _DOCUMENT = "case", "customer", "document"
_PLACE = "search_document.folded"
_OCTETS = 5  # 40 bits: among 10 million different words one search in 100,000 shows one row too many
_LEAST, _MOST = 3, 16
_SHORTEST, _LONGEST = 6, 80  # of what is kept whole
_BETWEEN = " · "
# No word of a language begins like this, and no beginning of it is looked for as a beginning.
MARK = "qzx"


@dataclass(frozen=True)
class Term:
    """A word that is looked for: in clear, as a whole word or a beginning, or as its blind value."""

    clear: str
    is_beginning: bool
    blind: str


@dataclass(frozen=True)
class Wanted:
    """Every term; and the whole of what was typed as one number, contact or address (empty where it is none)."""

    terms: tuple[Term, ...]
    whole: str


def wanted(query: str) -> Wanted:
    """What a query asks of the index."""
    terms = terms_of(query)
    whole = _squeezed(query)
    return Wanted(
        tuple(Term(term, is_prefix(term) and not _like_mark(term), _token(term)) for term in terms),
        _token(f"={whole}") if _is_kept_whole(whole) else "",
    )


def folded_of(row: Any) -> str:
    """The column's content for a row of search: names and numbers of cases in clear, everything else blind."""
    if row.kind == _DOCUMENT:  # a file may be named after anything
        return _words("", f"{row.title} {row.text}", [])
    number = row.title.rpartition("-")[2].lstrip("0") if row.kind == _CASE else ""
    facts = row.text.split(_BETWEEN) if row.kind == _CUSTOMER else []
    return _words(f"{row.title} {number} {row.names}", row.text, facts)


def _words(clear: str, private: str, facts: list[str]) -> str:
    """`facts` are also found whole."""
    told = fold(clear)
    others = set(fold(private).split()) - set(told.split())
    tokens = {_token(start) for word in others for start in _starts(word)}
    tokens |= {_token(f"={whole}") for whole in map(_squeezed, facts) if _is_kept_whole(whole)}
    return " ".join(filter(None, (told, *sorted(tokens))))


def joined(facts: Iterable[str]) -> str:
    """Facts as one text, of which each can be found whole."""
    return _BETWEEN.join(fact for fact in facts if fact.strip())


def _starts(word: str) -> list[str]:
    """The beginnings by which a word is found; a very long one also whole."""
    starts = [word[:length] for length in range(_LEAST, min(len(word), _MOST) + 1)]
    return starts if _LEAST <= len(word) <= _MOST else [*starts, word]


def _token(word: str) -> str:
    return MARK + blind(word, _PLACE, _OCTETS)


def _like_mark(term: str) -> bool:
    return term.startswith(MARK) or MARK.startswith(term)


def _squeezed(text: str) -> str:
    """Letters and digits alone: of `+49 30 123` and `0049 30 123` the same."""
    whole = fold(text).replace(" ", "")
    return whole.lstrip("0") if whole.isdigit() else whole


def _is_kept_whole(whole: str) -> bool:
    return _SHORTEST <= len(whole) <= _LONGEST
