"""A progress bar on a terminal, and nothing where the output is a file."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_WIDTH, _STEP = 30, 50


def with_progress(items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a bar on standard error where that is a terminal."""
    shown = sys.stderr.isatty()
    for number, item in enumerate(items, start=1):
        if shown and (number % _STEP == 0 or number == total):
            done = _WIDTH * number // max(total, 1)
            sys.stderr.write(f"\r[{'#' * done}{'.' * (_WIDTH - done)}] {number:,} of {total:,}")
        yield item
    if shown and total:
        sys.stderr.write("\n")
