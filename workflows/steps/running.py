"""Actions of the engine itself: waiting for another system, and starting another workflow."""

from datetime import timedelta
from uuid import UUID

from core.clock import now
from core.exceptions import NotFound
from core.words import said
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.enums import Urgency
from workflows.exceptions import StepFailed
from workflows.selectors import workflow_named
from workflows.services import start_run, subject_of


class AwaitCallback(Action):
    """Parks until somebody posts to the step's signed address (`workflows.callbacks`)."""

    name = "await_callback"
    summary = "Waits until another system calls back; what it posts is the step's output."
    parameters = {
        "what": Parameter("text", "what is waited for, in words", required=True),
        "days": Parameter("whole", "how many days the address is good for", default=7),
    }
    answers_from_outside = True

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        until = now() + timedelta(days=int(str(context.parameters["days"])))
        reason = said("waits for {what}", what=context.parameters["what"])
        return StepOutcome({"until": until.isoformat()}, parked=True, reason=reason)


class RunWorkflow(Action):
    """Starts another workflow and goes on at once: about what the item names, else about the same subject."""

    name = "run_workflow"
    is_tried_out = True
    summary = "Starts another workflow about the same subject, or about the case or customer of the item, with their ids as inputs."
    parameters = {"workflow": Parameter("text", "the name of the workflow", required=True)}

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        try:
            workflow = workflow_named(str(context.parameters["workflow"]))
            subject_type, subject_id, inputs, stream = self._about(context)
            run = start_run(
                trigger="manual", workflow=workflow, subject_type=subject_type, subject_id=subject_id, inputs=inputs,
                stream=stream, by=context.by, urgency=Urgency.NORMAL,
            )  # fmt: skip
        except NotFound as error:
            raise StepFailed(error.message, retry=False) from error
        return StepOutcome({"run_id": str(run.pk)})

    @staticmethod
    def _about(context: StepContext) -> tuple[str, UUID, dict[str, object], str]:
        item = {"customer_id": context.item} if isinstance(context.item, str) else context.item
        about = subject_of(item) if isinstance(item, dict) else None
        if about is None or not isinstance(item, dict):
            return context.subject_type, context.subject_id, dict(context.inputs), context.stream
        return about[0], about[1], item, about[2]


for _action in (AwaitCallback(), RunWorkflow()):
    register_action(_action)
