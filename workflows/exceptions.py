"""Facts the workflow engine refuses with."""

from core.exceptions import Conflict, InvalidInput, NotFound, PermissionRefused


class StepFailed(Exception):
    """Raised by an action that cannot do its step. With `retry` it is tried again later, without it is not.

    `message` is shown to operators: no personal data.
    """

    def __init__(self, message: str, *, retry: bool) -> None:
        super().__init__(message)
        self.message = message
        self.retry = retry


class StepDeferred(Exception):
    """Raised by an action's `work` whose turn has not come: a provider's limit, somebody who must act first.

    The step is tried again after so many seconds, and this was no attempt. `message` holds no personal data.
    """

    def __init__(self, message: str, *, seconds: float) -> None:
        super().__init__(message)
        self.message = message
        self.seconds = seconds


class DefinitionInvalid(InvalidInput):
    """A workflow definition with faults; each names the line, what is wrong and what instead."""

    code = "workflow_invalid"


class DraftIsStale(Conflict):
    """Somebody saved the definition after this person began to change it."""

    code = "draft_is_stale"


class AuthorCannotApprove(PermissionRefused):
    """Who proposed a version does not approve it: four eyes."""

    code = "author_cannot_approve"


class NoWorkflowForTrigger(NotFound):
    """Nothing is published for this trigger."""

    code = "no_workflow_for_trigger"


class RunNotWaiting(Conflict):
    """The run is not parked at a step, so there is nothing to resume."""

    code = "run_not_waiting"


class NotStartedByHand(Conflict):
    """Something that happens starts this workflow, not a person."""

    code = "not_started_by_hand"


class SignatureRefused(PermissionRefused):
    """A message that would start a workflow is not signed as agreed."""

    code = "signature_refused"


class StepNotRetryable(Conflict):
    """Only a dead step can be tried again by a person."""

    code = "step_not_retryable"
