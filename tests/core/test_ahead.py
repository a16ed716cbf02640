"""The next is made while the last is worked on."""

from collections.abc import Iterator
from threading import Event

import pytest

from core.ahead import made_ahead


def test_the_next_is_made_while_the_caller_works_on_the_last() -> None:
    begun = Event()

    def items() -> Iterator[int]:
        yield 1
        begun.set()
        yield 2

    found = made_ahead(items())
    assert next(found) == 1
    assert begun.wait(5)  # asked for by nobody yet
    assert list(found) == [2]


def test_an_error_comes_in_its_turn() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    found = made_ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="broken"):
        next(found)
