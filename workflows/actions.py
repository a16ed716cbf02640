"""What the workflows app records."""

from audit.actions import define

WORKFLOW_PUBLISHED = define("workflows.workflow_published", "published version {after[number]} of {after[workflow]}")
HOOK_RENEWED = define("workflows.hook_renewed", "renewed the secret of the webhook of {after[workflow]}")
WORKFLOW_DRAFTED = define("workflows.workflow_drafted", "drafted version {after[number]} of {after[workflow]}")
WORKFLOW_PROPOSED = define("workflows.workflow_proposed", "proposed version {after[number]} of {after[workflow]}")
WORKFLOW_RETURNED = define(
    "workflows.workflow_returned", "sent version {after[number]} of {after[workflow]} back: {reason}"
)
WORKFLOW_DISCARDED = define(
    "workflows.workflow_discarded", "gave version {after[number]} of {after[workflow]} up: {reason}"
)
WORKFLOW_TRIED = define(
    "workflows.workflow_tried", "tried version {after[number]} of {after[workflow]} on a past run without effects"
)
RUN_STARTED = define("workflows.run_started", "started the workflow {after[workflow]} version {after[number]}")
STEP_DONE = define("workflows.step_done", "finished the step {after[step]} at attempt {after[attempt]}")
STEP_PARKED = define("workflows.step_parked", "parked the step {after[step]} for a person: {reason}")
STEP_RESUMED = define("workflows.step_resumed", "let the step {after[step]} go on")
STEP_DEAD = define("workflows.step_dead", "gave up the step {after[step]} after {after[attempt]} attempts: {reason}")
STEP_RETRIED = define("workflows.step_retried", "had the step {after[step]} tried again: {reason}")
STEP_SKIPPED = define("workflows.step_skipped", "left the step {after[step]} out: {reason}")
STEP_FAILED = define("workflows.step_failed", "gave up the step {after[step]}, the run goes on: {reason}")
RUN_FINISHED = define("workflows.run_finished", "finished the workflow {after[workflow]}")
RUN_CANCELLED = define("workflows.run_cancelled", "cancelled the run: {reason}")
RUN_REPLAYED = define("workflows.run_replayed", "had the run {after[run]} done again with its version: {reason}")
STEP_OPENED = define("workflows.step_opened", "looked at what may be personal in the step {after[step]}")
WORK_STARTED = define("workflows.work_started", "started “{after[kind]}”")
WORK_ENDED = define("workflows.work_ended", "ended “{after[kind]}”: {after[state]}")
WORK_CANCELLED = define("workflows.work_cancelled", "asked for “{after[kind]}” to be cancelled")
