"""The workflow action that asks a customer."""

from cases.enums import CaseStatus
from cases.rfi.enums import ItemKind
from cases.rfi.services import NewItem, request_information
from cases.steps.context import case_of
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.exceptions import StepDeferred


class RequestInformation(Action):
    """Asks once the case is in somebody's hands, and waits for the answer or the end of its time."""

    name = "request_information"
    summary = "Asks the customer for documents or answers, and waits until they have come or the time is over."
    parameters = {
        "documents": Parameter("list", "documents to ask for, each in a few words", default=()),
        "questions": Parameter("list", "questions to ask", default=()),
    }

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        case = case_of(context)
        if case.status != CaseStatus.IN_REVIEW or case.assignee is None:
            raise StepDeferred("waits until somebody has taken the case", seconds=300)
        asked = [(ItemKind.DOCUMENT, text) for text in _texts(context, "documents")]
        asked += [(ItemKind.QUESTION, text) for text in _texts(context, "questions")]
        request = request_information(
            case_id=case.pk, items=[NewItem(kind, text) for kind, text in asked], email=case.customer.party.email,
            by=context.by, on_behalf_of=case.assignee,
        )  # fmt: skip
        return StepOutcome({"request_id": str(request.pk)}, parked=True, reason="waits for the customer's answer")


def _texts(context: StepContext, name: str) -> list[str]:
    given = context.parameters[name]
    return [str(text) for text in given] if isinstance(given, list | tuple) else []


register_action(RequestInformation())
