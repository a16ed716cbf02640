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
    """Words as lines: a new one begins where the next word stands lower or higher by more than half its height."""
    groups: list[list[Word]] = []
    for word in words:
        height = word.box[3] - word.box[1]
        last = groups[-1][-1] if groups else None
        if last is not None and abs(word.box[1] - last.box[1]) < max(_LEAST_STEP, height // 2):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Line(tuple(group)) for group in groups]


def joined(words: tuple[Word, ...]) -> str:
    """Words as text, a line of the page a line of the text."""
    return "\n".join(line.text for line in lines_of(words))
