"""Whose turn it is to compute: one trial at a time in a process, an older edit of the same sheet gives way to a newer."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST = 20.0
_FORGOTTEN_AFTER = 1000


class Superseded(Exception):
    """A newer edit of the same sheet has come, or the computation takes too long."""

    def __init__(self, *, is_too_long: bool) -> None:
        super().__init__("too long" if is_too_long else "superseded")
        self.is_too_long = is_too_long


class Turns:
    """Hands out turns by key: who asks last for a key is the one who may go on."""

    def __init__(self) -> None:
        self._newest: dict[str, int] = {}
        self._number = 0
        self._one = threading.Lock()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, key: str) -> Iterator[Callable[[], None]]:
        """Waits for the others; gives what is to be called between two parts of the work. Raises Superseded."""
        with self._lock:
            self._number += 1
            mine = self._number
            if len(self._newest) > _FORGOTTEN_AFTER:
                self._newest.clear()
            self._newest[key] = mine
        begun = time.monotonic()

        def alive() -> None:
            if self._newest.get(key, mine) != mine:
                raise Superseded(is_too_long=False)
            if time.monotonic() - begun > LONGEST:
                raise Superseded(is_too_long=True)

        while not self._one.acquire(timeout=0.05):
            alive()
        try:
            alive()
            yield alive
        finally:
            self._one.release()
