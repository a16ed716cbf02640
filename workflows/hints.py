"""Ringing the bell for a due step: this process's dispatcher, and the broker where there is one.

A hint may be lost at no cost but time: the dispatcher of every worker finds due steps in the database by itself.
"""

from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from workflows.engine.due import wake

_log = structlog.get_logger(__name__)
ADVANCE_RUN = "workflows.tasks.advance_run"
RUN_DUE = "workflows.tasks.run_due"


def hint_step(step_id: UUID) -> None:
    """Says that a step is due. Call after the commit."""
    wake()
    publish(ADVANCE_RUN, str(step_id))


def publish(task: str, *arguments: str) -> None:
    """Puts a hint on the broker where one is configured; a broker that is down is logged and otherwise ignored."""
    if not settings.REDIS_URL:
        return
    try:
        current_app.send_task(task, args=arguments, retry=False, ignore_result=True)
    except (OperationalError, RedisError, OSError) as error:
        _log.warning("hint_not_published", task=task, error=type(error).__name__)
