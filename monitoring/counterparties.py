"""What screening says of counterparties' names. The controls do not know each other: the floor above fills this port."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

Said = tuple[str, float]  # topics divided by semicolons, best score; ("", 0) where nobody is found
Screen = Callable[[Collection[str]], Mapping[str, Said]]
_screens: list[Screen] = []
_instead: ContextVar[Screen | None] = ContextVar("instead_of_screening", default=None)


def register_name_screening(screen: Screen) -> None:
    """`screen` gives what it says of each name; nothing at all where it cannot screen: then rules know nothing."""
    _screens[:] = [screen]


@contextmanager
def screened_as(said: Mapping[str, Said]) -> Iterator[None]:
    """Within it this thread, and no other, takes these answers for what screening says; of other names that nobody is found."""
    token = _instead.set(lambda names: {name: said.get(name, ("", 0.0)) for name in names})
    try:
        yield
    finally:
        _instead.reset(token)


def said_of(names: Collection[str]) -> Mapping[str, Said]:
    """What screening says of these names."""
    screen = _instead.get() or (_screens[0] if _screens else None)
    return screen(names) if names and screen is not None else {}
