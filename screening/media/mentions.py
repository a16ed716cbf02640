"""Names in running text, with their place, and the sentence around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-])*"
_END = re.compile(r"(?<=[.!?])\s+(?=[\"'“(]?[^\W\d_])")
_MOST_WORDS, _MOST_QUOTE = 4, 400


@dataclass(frozen=True)
class Mention:
    """A run of words that may be a name, and where it stands."""

    text: str
    start: int
    end: int


def mentions_in(text: str) -> Iterator[Mention]:
    """Runs of two to four words that begin with capitals (scripts without capitals: every run), as they may name a party."""
    for run in re.finditer(rf"(?:{_WORD})(?: {_WORD})*", text):
        words = [(match.group(), run.start() + match.start(), run.start() + match.end())
                 for match in re.finditer(_WORD, run.group())]  # fmt: skip
        yield from _names(words, text)


def _names(words: list[tuple[str, int, int]], text: str) -> Iterator[Mention]:
    for first in range(len(words)):
        if not _may_begin(words[first][0]):
            continue
        for last in range(first + 1, min(len(words), first + _MOST_WORDS)):
            if _may_begin(words[last][0]):
                start, end = words[first][1], words[last][2]
                yield Mention(text[start:end].rstrip(".’'-"), start, end)


def _may_begin(word: str) -> bool:
    return word[0].isupper() or word[0].lower() == word[0].upper()


def quote_around(text: str, mention: Mention) -> tuple[int, int]:
    """Start and end of the sentence that holds the mention, at most 400 characters."""
    starts = [0, *(match.end() for match in _END.finditer(text))]
    start = max(place for place in starts if place <= mention.start)
    end = min([place for place in starts if place > mention.end] + [len(text)])
    if end - start > _MOST_QUOTE:
        start = max(start, mention.start - _MOST_QUOTE // 2)
        end = min(end, start + _MOST_QUOTE)
    return start, end
