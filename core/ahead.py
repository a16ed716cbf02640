"""Making the next of many things while the last is worked on."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_END = object()


def made_ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """What `items` gives, each made in a thread while the caller works on the one before.

    `items` must not use the database: a connection belongs to its thread. What making one raises is raised in its turn.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="made-ahead") as pool:
        waiting: Future[Any] = pool.submit(next, items, _END)
        while (item := waiting.result()) is not _END:
            waiting = pool.submit(next, items, _END)
            yield item
