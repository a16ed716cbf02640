"""Pages read by PaddleOCR's small models: lines are found, then read; letters of Latin script in every language."""

import unicodedata
from functools import cache

import numpy as np

from documents.extraction.glyphs import Glyph
from documents.extraction.ocr.boxes import LineFinder, TextLine
from documents.extraction.ocr.lines import LineReader
from documents.extraction.ocr.protocol import Colours
from documents.extraction.shapes import Box, Word

_LEAST_SURE = 0.5
_SPACE = " "
_SAMPLE = 5  # lines read both ways round before a page is called upside down
_SURELY_UPRIGHT = 0.9
_WIDE_GAP = 2.1  # times the usual distance of characters: a blank that the model passed over


class PaddleReader:
    """Both models together."""

    def __init__(self, finder: LineFinder, reader: LineReader) -> None:
        self._finder, self._reader = finder, reader
        self._letters = latin_letters(reader)

    def read(self, page: Colours) -> tuple[tuple[Word, ...], bool]:
        """Every line found, its words with their share of its box. Whether the page stands on its head is seen from its
        widest lines: they are read both ways round where they do not read well, and the surer reading is believed."""
        lines = self._finder.find(page)
        widest = sorted(lines, key=lambda line: line.box[2] - line.box[0], reverse=True)[:_SAMPLE]
        upright = self._certainty(widest, half_turn=False)
        flipped = bool(lines) and upright < _SURELY_UPRIGHT and self._certainty(widest, half_turn=True) > upright
        if flipped:
            lines = self._finder.find(np.ascontiguousarray(np.rot90(page, 2)))
        words: list[Word] = []
        for line in lines:
            glyphs = self._reader.read(line.picture, self._letters)
            if glyphs and _mean(glyphs) >= _LEAST_SURE:
                words += _words(glyphs, line.box)
        return tuple(words), flipped

    def _certainty(self, lines: list[TextLine], *, half_turn: bool) -> float:
        pictures = [np.rot90(line.picture, 2) if half_turn else line.picture for line in lines]
        read = [self._reader.read(np.ascontiguousarray(picture), self._letters) for picture in pictures]
        return sum(_mean(glyphs) * len(glyphs) for glyphs in read) / max(sum(len(glyphs) for glyphs in read), 1)


@cache
def latin_letters(reader: LineReader) -> str:
    """Of the characters the model knows, those of Latin script, digits and what is printed between them."""
    return "".join(sorted({char for char in reader.alphabet if len(char) == 1 and _is_latin(char)}))


def _is_latin(char: str) -> bool:
    if char.isascii():
        return char.isprintable()
    return char in "€£¥₹§°ºª–—’‘“”«»…·•" or unicodedata.name(char, "").startswith("LATIN ")


def _mean(glyphs: tuple[Glyph, ...]) -> float:
    return sum(glyph.sure for glyph in glyphs) / len(glyphs) if glyphs else 0.0


def _words(glyphs: tuple[Glyph, ...], box: Box) -> list[Word]:
    left, _, right, _ = box
    pitch = (right - left) / max(len(glyphs), 1) / 2
    return [_word(group, box, pitch) for group in _groups(glyphs)]


def _word(group: list[Glyph], box: Box, pitch: float) -> Word:
    left, top, right, bottom = box
    first = int(left + group[0].place * (right - left) - pitch)
    last = int(left + group[-1].place * (right - left) + pitch) + 1
    text = "".join(glyph.char for glyph in group)
    return Word(text, round(_mean(tuple(group)), 2), (max(left, first), top, min(right, last), bottom))


def _groups(glyphs: tuple[Glyph, ...]) -> list[list[Glyph]]:
    """Characters between blanks; a gap far wider than usual is a blank, too."""
    places = np.array([glyph.place for glyph in glyphs])
    usual = float(np.median(np.diff(places))) if len(places) > 1 else 1.0
    groups: list[list[Glyph]] = [[]]
    for index, glyph in enumerate(glyphs):
        wide = index > 0 and glyph.place - glyphs[index - 1].place > _WIDE_GAP * usual
        if glyph.char == _SPACE or wide:
            groups.append([])
        if glyph.char != _SPACE:
            groups[-1].append(glyph)
    return [group for group in groups if group]
