"""What reading costs, by stage: processor time of this process and of those it started and waited for."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager

_KILOBYTES_A_MEGABYTE = 1024


class Stages:
    """Adds up processor seconds under names; a stage inside another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner = [0.0]

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Counts the block's processor time for `name`, less what stages inside it counted."""
        before = _processor_seconds()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent = _processor_seconds() - before
            self.seconds[name] = self.seconds.get(name, 0.0) + spent - self._inner.pop()
            self._inner[-1] += spent

    def rounded(self) -> dict[str, float]:
        """The seconds by stage, to the hundredth that the kernel counts in."""
        return {name: round(seconds, 2) for name, seconds in self.seconds.items()}


def peak_megabytes() -> int:
    """The most memory that this process or the largest it started held at once."""
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(peaks) // _KILOBYTES_A_MEGABYTE


def _processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
