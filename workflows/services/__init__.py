"""Writes of the workflows app: definitions and runs, and long work that people start and watch."""

from workflows.services.long_work import cancel_work, start_work
from workflows.services.runs import (
    add_step,
    advance,
    cancel_run,
    checked_definition,
    ensure_shipped_workflows,
    publish_workflow,
    resume_run,
    retry_step,
    start_run,
    tell,
)

__all__ = [
    "add_step", "advance", "cancel_run", "cancel_work", "checked_definition", "ensure_shipped_workflows", "publish_workflow",
    "resume_run", "retry_step", "start_run", "start_work", "tell",
]  # fmt: skip
