"""A progress bar for a terminal; silent where the output is none."""

import shutil
import time
from collections import Counter
from typing import TextIO

_LEAST_BAR = 10
_REDRAW_SECONDS = 0.1


class Progress:
    """Counts what is done by its outcome and redraws one line, at most ten times a second."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self.total = total
        self.outcomes: Counter[str] = Counter()
        self._stream = stream if stream.isatty() else None
        self._started = time.monotonic()
        self._drawn = 0.0

    @property
    def done(self) -> int:
        """How many have ended."""
        return self.outcomes.total()

    @property
    def summary(self) -> str:
        """One line: how many ended how, and in how many seconds."""
        outcomes = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(self.outcomes.items()))
        return f"{self.done} of {self.total} files in {time.monotonic() - self._started:.1f} s: {outcomes or 'none'}"

    def step(self, outcome: str) -> None:
        """One more has ended, with this outcome."""
        self.outcomes[outcome] += 1
        if self._stream and (time.monotonic() - self._drawn > _REDRAW_SECONDS or self.done == self.total):
            self._draw(self._stream)

    def end(self) -> None:
        """Leaves the line."""
        if self._stream and self.done:
            self._stream.write("\n")

    def _draw(self, stream: TextIO) -> None:
        self._drawn = time.monotonic()
        left = (self._drawn - self._started) / self.done * (self.total - self.done)
        told = f" {self.done}/{self.total}  {left:.0f} s left"
        width = max(_LEAST_BAR, min(60, shutil.get_terminal_size().columns - len(told) - 3))
        full = width * self.done // max(self.total, 1)
        stream.write(f"\r[{'#' * full}{'.' * (width - full)}]{told}\033[K")
        stream.flush()
