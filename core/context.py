"""The id of the request or run being served, so that log lines and audit entries of one cause can be joined."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of what is being served now, or an empty string."""
    return _request_id.get()


@contextmanager
def request_scope(value: str) -> Iterator[None]:
    """Binds `value` as the request id for the block, in the record and in the logs."""
    token = _request_id.set(value)
    try:
        with structlog.contextvars.bound_contextvars(request_id=value):
            yield
    finally:
        _request_id.reset(token)
