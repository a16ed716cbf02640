"""Further queues that the dispatcher serves beside steps: rows that are due, each worked by one function."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class DueSource:
    """`find_due(limit)` gives ids of rows that are due now; `run_one(id)` claims one and works it, or finds it taken.

    `slow` rows take minutes: the embedded dispatcher gives them a thread of their own, so that nothing waits for them.
    `waits`: working a row is waiting for another system. Threads of the dispatcher itself do that, in either way of
    running, so that a silent system takes no worker's place.
    """

    name: str
    find_due: Callable[[int], Sequence[UUID]]
    run_one: Callable[[UUID], None]
    slow: bool = False
    waits: bool = False


_sources: dict[str, DueSource] = {}
_bell = threading.Event()


def register_due_source(
    name: str, find_due: Callable[[int], Sequence[UUID]], run_one: Callable[[UUID], None], *, slow: bool = False,
    waits: bool = False,
) -> None:  # fmt: skip
    """Has the dispatcher of every worker serve this queue; raises ValueError where the name is taken."""
    if name in _sources:
        raise ValueError(f"the due source {name} is registered twice")
    _sources[name] = DueSource(name, find_due, run_one, slow, waits)


def due_sources() -> list[DueSource]:
    """Every registered queue."""
    return list(_sources.values())


def source_named(name: str) -> DueSource:
    """The queue of this name; raises KeyError."""
    return _sources[name]


def wake() -> None:
    """Has this process's dispatcher look at once. Call after the commit; a lost call costs a second, never work."""
    _bell.set()


def wait_for_bell(seconds: float) -> None:
    """Sleeps until somebody calls `wake`, at most `seconds`."""
    _bell.wait(seconds)
    _bell.clear()
