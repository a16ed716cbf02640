"""Actions of the engine itself: waiting for another system, and starting another workflow."""

from datetime import timedelta

from core.clock import now
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import NoWorkflowForTrigger, StepFailed
from workflows.selectors import workflow_named
from workflows.services import start_run


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
        return StepOutcome({"until": until.isoformat()}, parked=True, reason=f"waits for {context.parameters['what']}")


class RunWorkflow(Action):
    """Starts another workflow about the same subject and goes on at once."""

    name = "run_workflow"
    summary = "Starts another workflow about the same subject, with the same inputs."
    parameters = {"workflow": Parameter("text", "the name of the workflow", required=True)}

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        try:
            workflow = workflow_named(str(context.parameters["workflow"]))
            run = start_run(
                trigger="manual", workflow=workflow, subject_type=context.subject_type, subject_id=context.subject_id,
                inputs=dict(context.inputs), stream=context.stream, by=context.by,
            )  # fmt: skip
        except NoWorkflowForTrigger as error:
            raise StepFailed(error.message, retry=False) from error
        return StepOutcome({"run_id": str(run.pk)})


for _action in (AwaitCallback(), RunWorkflow()):
    register_action(_action)
