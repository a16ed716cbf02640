"""Where a value stands among the words that were read. What stands nowhere was made up, and is not used."""

from anyascii import anyascii

from documents.extraction.shapes import Box, PageReading, Word

_SHORTEST = 2


def located_value(value: str, pages: tuple[PageReading, ...]) -> tuple[int, Box, float] | None:
    """(page, box, confidence of its worst word) of whole neighbouring words that spell `value`; None where none do.

    Case, accents, blanks and punctuation do not count; half a word is not found.
    """
    wanted = _plain(value)
    if len(wanted) < _SHORTEST:
        return None
    for page in pages:
        words = _words_spelling(wanted, page.words)
        if words:
            return page.number, _around(words), min(word.confidence for word in words)
    return None


def _words_spelling(wanted: str, words: tuple[Word, ...]) -> list[Word]:
    spelt = [_plain(word.text) for word in words]
    for start, first in enumerate(spelt):
        if not first or not wanted.startswith(first):
            continue
        so_far, end = first, start + 1
        while len(so_far) < len(wanted) and end < len(spelt) and wanted.startswith(so_far + spelt[end]):
            so_far += spelt[end]
            end += 1
        if so_far == wanted:
            return list(words[start:end])
    return []


def _plain(text: str) -> str:
    return "".join(char for char in anyascii(text).upper() if char.isalnum())


def _around(words: list[Word]) -> Box:
    lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
