"""The log lines of a step's attempt, caught where they are written, so that they stand on the run's page, too. Pure.

`keep_line` is a processor of structlog; outside `caught_lines` it does nothing. Logs hold no personal data by house rule.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

MOST_LINES = 200
_LONGEST = 300
_APART = {"event", "level", "logger", "timestamp", "request_id", "exception", "exc_info", "_record", "_from_structlog"}
_lines: ContextVar[list[dict[str, str]] | None] = ContextVar("step_lines", default=None)


@contextmanager
def caught_lines() -> Iterator[None]:
    """Catches what is logged in the block, in this thread."""
    token = _lines.set([])
    try:
        yield
    finally:
        _lines.reset(token)


def lines_so_far() -> list[dict[str, str]]:
    """What the block has logged: `at`, `level`, `text`."""
    return list(_lines.get() or ())


def keep_line(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keeps the line where lines are caught, and passes it on unchanged."""
    lines = _lines.get()
    if lines is not None and len(lines) < MOST_LINES:
        lines.append(
            {"at": str(event.get("timestamp", "")), "level": str(event.get("level", method)), "text": _text(event)}
        )
    return event


def _text(event: Mapping[str, Any]) -> str:
    more = " ".join(f"{name}={value}" for name, value in event.items() if name not in _APART)
    return f"{event.get('event', '')} {more}".strip()[:_LONGEST]
