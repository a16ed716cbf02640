"""What may stand in a log line: fields of an allow-list, and of an error where it happened, never what it said.

Messages of exceptions and arguments of libraries' log calls quote what they stumbled over (a database names the value that
broke a constraint), so neither is written. The line's request or run id leads to the record, which may name people.
"""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

from core.exceptions import ProbityError

ALLOWED = frozenset({
    "event", "level", "logger", "timestamp", "request_id", "error", "view", "status",  # every line
    "step", "action", "attempt", "task", "kind", "part", "workflow", "trace_id", "span_id",  # work
    "permission", "actor",  # refused access
    "anchor", "channel", "customer", "failures", "file", "gauge", "halves", "item", "orphans",
    "provider", "reason", "watchlist",  # ids, names of ours, counts
})  # fmt: skip
_MARKS = {"_record", "_from_structlog"}
_MOST_FRAMES = 20
Event = MutableMapping[str, Any]


def only_allowed(logger: Any, method: str, event: Event) -> Event:
    """Processor: takes every other field away and names it under `withheld`, so that nobody wonders."""
    withheld = sorted(str(name)[:40] for name in event if name not in ALLOWED and name not in _MARKS)
    for name in withheld:
        event.pop(name, None)
    if withheld:
        event["withheld"] = withheld
    return event


def place_of_error(logger: Any, method: str, event: Event) -> Event:
    """Processor: in place of a traceback, the error's kind and the lines it came through; words only of our own errors."""
    error = _error(event.pop("exc_info", None))
    if error is not None:
        told = f": {error.message}" if isinstance(error, ProbityError) else ""
        frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        event["error"] = " < ".join([f"{type(error).__name__}{told}", *reversed(places)])
    return event


def of_a_library(logger: Any, method: str, event: Event) -> Event:
    """Processor for lines of other packages: view and status where the line is about a request."""
    record = event.get("_record")
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if match is not None:
        event["view"] = match.view_name
    if (status := getattr(record, "status_code", None)) is not None:
        event["status"] = status
    return event


def _error(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    found: BaseException | None = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given else None
    return found
