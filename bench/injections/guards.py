"""The guards between a model that was talked into something and the record, each of which can be taken away.

A control: with the guard away the same documents must be caught as a breach, or their silence with it says nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from cases.assist import writing
from cases.assist.checking import CheckedLine
from documents.extraction.checks import PASSED, CheckResult
from documents.extraction.llm import merging
from documents.services import checking

_ANYWHERE = (1, (0, 0, 9, 9), 0.9)


def _stands(_: bool) -> CheckResult:
    return CheckResult("stands_without_model", PASSED, "Nobody looked.")


def _all_stand(text: str, *_: Any, **__: Any) -> list[CheckedLine]:
    return [CheckedLine(line, []) for line in text.splitlines() if line]


_AWAY: dict[str, tuple[Any, str, Any]] = {
    "a document stands without what a model read": (checking, "_stands_alone", _stands),
    "a value stands on the page": (merging, "located_value", lambda *_: _ANYWHERE),
    "a line of a summary says what it cites": (writing, "checked_lines", _all_stand),
}
GUARDS = tuple(_AWAY)


@contextmanager
def without(guard: str) -> Iterator[None]:
    """Takes the guard away for the block."""
    with mock.patch.object(*_AWAY[guard]):
        yield
