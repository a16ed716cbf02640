"""Text on a page that reads like an instruction to a machine: shown to a person, see `core.instructions`."""

import re

from core.instructions import INSTRUCTIONS
from documents.extraction.lines import Located, located
from documents.extraction.shapes import Box, PageReading

_LONGEST_PAGE = 100_000


def instructions_in(page: PageReading) -> list[Box | None]:
    """The boxes of such texts on a page."""
    text = located(page.words) if page.words else Located(page.text, ())
    return [_around(text, found) for found in INSTRUCTIONS.finditer(text.text[:_LONGEST_PAGE])]


def _around(text: Located, found: re.Match[str]) -> Box | None:
    boxes = [word.box for word in text.words(*found.span())]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
