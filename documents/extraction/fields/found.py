"""A value found in a page's text, before it becomes a reading with a box."""

from dataclasses import dataclass

from documents.extraction.lines import Located
from documents.extraction.shapes import FieldReading, PageReading, Word


@dataclass(frozen=True)
class Found:
    """`value` stands at characters `start:end`; `certainty` 0-1 is how surely its label says what it is."""

    name: str
    value: str
    start: int
    end: int
    certainty: float


def reading_of(found: Found, text: Located, page: PageReading) -> FieldReading:
    """The value with the box around its words; its confidence is its label's certainty times the worst word's."""
    words = text.words(found.start, found.end)
    read = min((word.confidence for word in words), default=0.0)
    source = "text" if page.source == "text" else "ocr"
    return FieldReading(found.name, found.value, round(found.certainty * read, 2), source, page.number, _around(words))


def _around(words: list[Word]) -> tuple[int, int, int, int] | None:
    if not words:
        return None
    boxes = [word.box for word in words]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
