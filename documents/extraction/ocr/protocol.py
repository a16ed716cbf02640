"""What a page reader does, whichever engine is inside."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from documents.extraction.shapes import Word

Colours = NDArray[np.uint8]


class PageReader(Protocol):
    """Reads a level page, rows by columns by red, green and blue."""

    def read(self, page: Colours) -> tuple[tuple[Word, ...], bool]:
        """The words in reading order, and whether the page had to be turned by half for that: boxes are then on the
        page so turned, in its own pixels."""
