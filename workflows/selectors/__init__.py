"""Reads of workflows and runs."""

from workflows.selectors.definitions import (
    active_version_for,
    active_versions,
    checked_definition,
    definition_of,
    newest_version,
    seen_mark,
    version_for,
    versions_started_by,
    workflow_choices,
    workflow_for,
    workflow_named,
    workflow_with_hook,
    workflows,
)
from workflows.selectors.long_work import is_under_way, seconds_left_of, work_for, work_with_id, works_visible_to
from workflows.selectors.runs import (
    about,
    due_steps,
    run_for,
    run_for_subject,
    runs,
    step_for,
    step_that_needs_somebody,
    steps_of_run,
    steps_waiting,
)
from workflows.selectors.timings import timings_of
from workflows.selectors.trials import runs_to_try_on, trial_with_id

__all__ = [
    "about",
    "active_version_for",
    "active_versions",
    "checked_definition",
    "definition_of",
    "due_steps",
    "is_under_way",
    "newest_version",
    "run_for",
    "run_for_subject",
    "runs",
    "runs_to_try_on",
    "seconds_left_of",
    "seen_mark",
    "step_for",
    "step_that_needs_somebody",
    "steps_of_run",
    "steps_waiting",
    "timings_of",
    "trial_with_id",
    "version_for",
    "versions_started_by",
    "work_for",
    "work_with_id",
    "workflow_choices",
    "workflow_for",
    "workflow_named",
    "workflow_with_hook",
    "workflows",
    "works_visible_to",
]
