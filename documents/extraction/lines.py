"""Words as lines: the order in which a person reads them."""

from dataclasses import dataclass

from documents.extraction.shapes import Box, Word

_LEAST_STEP = 6


@dataclass(frozen=True)
class Line:
    """Neighbouring words of one height on the page."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The box around all words."""
        boxes = [word.box for word in self.words]
        return (
            min(box[0] for box in boxes), min(box[1] for box in boxes),
            max(box[2] for box in boxes), max(box[3] for box in boxes),
        )  # fmt: skip


def lines_of(words: tuple[Word, ...]) -> list[Line]:
    """Words as lines: a new one begins where the middle of the next word lies outside the height of the last."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _on_one_line(groups[-1][-1].box, word.box):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Line(tuple(group)) for group in groups]


def _on_one_line(one: Box, other: Box) -> bool:
    """Whether the middles of two boxes are nearer than half the taller one's height: a colon is low and small."""
    tallest = max(one[3] - one[1], other[3] - other[1], _LEAST_STEP)
    return abs((one[1] + one[3]) - (other[1] + other[3])) < tallest


def joined(words: tuple[Word, ...]) -> str:
    """Words as text, a line of the page a line of the text."""
    return "\n".join(line.text for line in lines_of(words))


@dataclass(frozen=True)
class Located:
    """A page's text in which every character knows the word it came from."""

    text: str
    spans: tuple[tuple[int, int, Word], ...]

    def words(self, start: int, end: int) -> list[Word]:
        """The words that the characters `start:end` touch."""
        return [word for first, last, word in self.spans if first < end and last > start]


def located(words: tuple[Word, ...]) -> Located:
    """The text of `joined`, with its words."""
    spans: list[tuple[int, int, Word]] = []
    at = 0
    for line in lines_of(words):
        for word in line.words:
            spans.append((at, at + len(word.text), word))
            at += len(word.text) + 1
    return Located(joined(words), tuple(spans))
