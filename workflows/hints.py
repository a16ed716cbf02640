"""Ringing the bell for due steps: this process's dispatcher, and the broker where there is one.

A hint may be lost at no cost but time: the dispatcher of every worker finds due steps in the database by itself. It wakes
a worker, which then works off what is due; so few hints move many steps, and a broker that is behind holds nothing up.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from workflows.engine.due import wake

_log = structlog.get_logger(__name__)
ADVANCE_RUN = "workflows.tasks.advance_run"
RUN_DUE = "workflows.tasks.run_due"
MOST_HINTS = 20
_EXPIRES = 60
_goes_on: ContextVar[bool] = ContextVar("worker_goes_on", default=False)


def hint_steps(step_ids: Sequence[UUID]) -> None:
    """Says that steps are due. Call after the commit. A worker that is going on anyway takes the first of them itself."""
    wake()
    for step_id in step_ids[1 if _goes_on.get() else 0 : MOST_HINTS]:
        publish(ADVANCE_RUN, str(step_id))


def hint_due(source: str, identifier: UUID) -> None:
    """Says that a row of a due source whose worker takes others along is there. Call after the commit.

    One hint of a source is out at a time, for a second at most: deliveries that come one by one do not fill the broker.
    """
    wake()
    if settings.REDIS_URL and _is_first(source):
        publish(RUN_DUE, source, str(identifier))


def hint_taken(source: str) -> None:
    """A worker begins with what is due: what comes from now on is hinted again."""
    with suppress(RedisError):  # the key goes by itself after a second
        cache.delete(_key(source))


def _is_first(source: str) -> bool:
    try:
        return cache.add(_key(source), 1, timeout=1)
    except RedisError as error:
        _log.warning("hint_not_published", task=RUN_DUE, error=type(error).__name__)
        return False


def _key(source: str) -> str:
    return f"hint-of-due:{source.replace(' ', '-')}"


@contextmanager
def going_on() -> Iterator[None]:
    """For a worker that looks for the next step by itself after each one in the block."""
    token = _goes_on.set(True)
    try:
        yield
    finally:
        _goes_on.reset(token)


def publish(task: str, *arguments: str) -> None:
    """Puts a hint on the broker where one is configured; a broker that is down is logged and otherwise ignored."""
    if not settings.REDIS_URL:
        return
    try:
        current_app.send_task(task, args=arguments, retry=False, ignore_result=True, expires=_EXPIRES)
    except (OperationalError, RedisError, OSError) as error:
        _log.warning("hint_not_published", task=task, error=type(error).__name__)
