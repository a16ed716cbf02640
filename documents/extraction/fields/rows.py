"""A page as rows of words the way an eye sees them, whatever order they were read in; where a label stands on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anyascii import anyascii

from documents.extraction.shapes import Box, Word

_SAME_ROW = 0.5
_GAP = 1.6  # heights of a word between two words that belong to different columns
_PUNCTUATION = re.compile(r"[:.*#°º\s]+$|^[\s:*(]+")
_SIGNS = str.maketrans("", "", "°ºª")
_NEXT_ROWS, _NEXT_HEIGHTS = 2, 3.2
_ALIGNED = 1.2


@dataclass(frozen=True)
class Place:
    """Where a label stands: its row, and its first and last word there."""

    row: int
    first: int
    last: int


class Rows:
    """The rows of a page from the top, words from the left."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.rows = _rows(words)
        self._plain = [[plain(word.text) for word in row] for row in self.rows]

    def places(self, label: list[str]) -> Iterator[Place]:
        """Every place where the label's words stand side by side; a colon after them does not count."""
        for number, texts in enumerate(self._plain):
            for start in range(len(texts) - len(label) + 1):
                if texts[start : start + len(label)] == label:
                    yield Place(number, start, start + len(label) - 1)

    def words_at(self, place: Place) -> list[Word]:
        """The label's own words."""
        return self.rows[place.row][place.first : place.last + 1]

    def beside(self, place: Place) -> list[Word]:
        """The words to the right of a label, as far as the next column but one."""
        row = self.rows[place.row]
        return _until_second_gap(row[place.last], row[place.last + 1 :])

    def below(self, place: Place) -> Iterator[list[Word]]:
        """For the next rows, the words that stand under the label."""
        row = self.rows[place.row]
        left, right = row[place.first].box[0], row[place.last].box[2]
        bottom, height = row[place.first].box[3], _height(row[place.first])
        for under in self.rows[place.row + 1 : place.row + 1 + _NEXT_ROWS]:
            if under[0].box[1] - bottom > _NEXT_HEIGHTS * height:
                return
            column = [
                part for part in columns(under)
                if part[0].box[0] < right + height and part[-1].box[2] > left - _ALIGNED * height
            ]  # fmt: skip
            if column:
                yield min(column, key=lambda part: abs(part[0].box[0] - left))


def plain(text: str) -> str:
    """A word in small plain Latin letters without the punctuation around it."""
    return _PUNCTUATION.sub("", anyascii(text.translate(_SIGNS)).lower())


def columns(row: list[Word]) -> list[list[Word]]:
    """The row's words, parted where a gap is wide."""
    parts: list[list[Word]] = []
    usual = sorted(_height(word) for word in row)[len(row) // 2] if row else 0
    for word in row:
        if parts and word.box[0] - parts[-1][-1].box[2] <= _GAP * max(usual, _height(word)):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def text_of(words: list[Word]) -> str:
    """The words with blanks between them."""
    return " ".join(word.text for word in words)


def around(words: list[Word]) -> Box:
    """The box around words."""
    boxes = [word.box for word in words]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _height(word: Word) -> int:
    return max(6, word.box[3] - word.box[1])


def _until_second_gap(label: Word, words: list[Word]) -> list[Word]:
    """From a label on: the column that follows it, however far, and no further."""
    parts = columns([label, *words])
    first = parts[0][1:]
    if any(char.isalnum() for word in first for char in word.text):
        return first
    return parts[1] if len(parts) > 1 else []


def _rows(words: tuple[Word, ...]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda item: item.box[1] + item.box[3]):
        middle = (word.box[1] + word.box[3]) / 2
        if rows:
            last = rows[-1][0]
            if abs((last.box[1] + last.box[3]) / 2 - middle) < _SAME_ROW * min(_height(last), _height(word)):
                rows[-1].append(word)
                continue
        rows.append([word])
    return [sorted(row, key=lambda item: item.box[0]) for row in rows]
