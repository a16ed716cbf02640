"""Writes of the workflows app: definitions and runs, and long work that people start and watch."""

from workflows.hints import hint_due
from workflows.services.attempts import keep_attempt
from workflows.services.drafting import (
    approve_version,
    create_workflow,
    discard_version,
    propose_text,
    propose_version,
    return_version,
    roll_back,
    save_draft,
)
from workflows.services.forgetting import forget_runs
from workflows.services.long_work import cancel_work, start_work
from workflows.services.operating import answer_callback, cancel_run, resume_run, retry_all, retry_step, skip_step
from workflows.services.providers import ask_once, forget_expired_answers, take_turn
from workflows.services.publishing import ensure_shipped_workflows, publish_workflow
from workflows.services.replaying import record_step_opened, replay_run
from workflows.services.runs import advance, locked_run, settle_state, start_run, tell
from workflows.services.scheduling import start_scheduled
from workflows.services.triggers import renew_hook_secret, start_by_webhook, start_for_event, start_manually, subject_of
from workflows.services.trying import start_trial

__all__ = [
    "advance",
    "answer_callback",
    "approve_version",
    "ask_once",
    "cancel_run",
    "cancel_work",
    "create_workflow",
    "discard_version",
    "ensure_shipped_workflows",
    "forget_expired_answers",
    "forget_runs",
    "hint_due",
    "keep_attempt",
    "locked_run",
    "propose_text",
    "propose_version",
    "publish_workflow",
    "record_step_opened",
    "renew_hook_secret",
    "replay_run",
    "resume_run",
    "retry_all",
    "retry_step",
    "return_version",
    "roll_back",
    "save_draft",
    "settle_state",
    "skip_step",
    "start_by_webhook",
    "start_for_event",
    "start_manually",
    "start_run",
    "start_scheduled",
    "start_trial",
    "start_work",
    "subject_of",
    "take_turn",
    "tell",
]  # fmt: skip
