"""What runs every so often: a function, registered by the app that owns it, claimed through a row by one worker."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Periodic:
    """A function without arguments and how many seconds lie between two starts."""

    name: str
    every_seconds: int
    function: Callable[[], None]


_tasks: dict[str, Periodic] = {}


def register_periodic(name: str, every_seconds: int, function: Callable[[], None]) -> None:
    """Has one worker of all run `function` every so many seconds; raises ValueError where the name is taken."""
    if name in _tasks:
        raise ValueError(f"the periodic task {name} is registered twice")
    _tasks[name] = Periodic(name, every_seconds, function)


def periodic_tasks() -> list[Periodic]:
    """Every registered periodic task."""
    return list(_tasks.values())
