"""The workflow action that finds customers to go through, and the one that puts a customer before people."""

from uuid import UUID

from cases.models import Case
from cases.selectors import FINDERS, MOST_CUSTOMERS, customers_found
from cases.services import case_for_signal, need_person
from cases.services.opening import stream_of
from core.ids import parse_id
from customers.models import Customer
from workflows.engine.parameters import Parameter
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.engine.subjects import Subject, register_subject
from workflows.exceptions import StepFailed


class FindCustomers(Action):
    name = "find_customers"
    summary = "Finds customers for later steps to go through, each as an item with its id."
    parameters = {
        "which": Parameter("text", "which ones", required=True, choices=tuple(FINDERS)),
        "most": Parameter("whole", "at most how many in one run", default=500),
        "days": Parameter("whole", "how far back to look for new transactions", default=1),
        "high": Parameter("whole", "months between reviews of high risk", default=12),
        "medium": Parameter("whole", "months between reviews of medium risk", default=24),
        "low": Parameter("whole", "months between reviews of low risk", default=36),
    }

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        numbers = {name: int(str(context.parameters[name])) for name in ("most", "days", "high", "medium", "low")}
        most = max(0, min(numbers.pop("most"), MOST_CUSTOMERS))
        rows = customers_found(str(context.parameters["which"]), **numbers)
        found = [{"customer_id": str(pk)} for pk in rows.values_list("pk", flat=True)[: most + 1]]
        return StepOutcome({"customers": found[:most], "count": len(found[:most]), "more": len(found) > most})


class OpenCase(Action):
    """The customer's open case, or a new one; the reason stands on it once a run."""

    name = "open_case"
    is_tried_out = True
    summary = "Puts the customer before people: its open case, or a new one, with a reason."
    parameters = {
        "reason": Parameter("text", "why, in a sentence without personal data", required=True),
        "code": Parameter("text", "a word for the reason that queues and statistics go by", default="workflow"),
        "queue_now": Parameter("flag", "false where a later step decides whether people are needed", default=True),
    }

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        customer = (
            Customer.objects.select_related("party").filter(pk=parse_id(context.reference("customer_id"))).first()
        )
        if customer is None:
            raise StepFailed("no step before this one says which customer", retry=False)
        case = case_for_signal(customer)
        source = context.reference("document_id") or str(context.run_id)
        need_person(
            case=case, code=str(context.parameters["code"])[:40], sentence=str(context.parameters["reason"]),
            source_type="run", source_id=source, queue_now=bool(context.parameters["queue_now"]),
        )  # fmt: skip
        return StepOutcome({"case_id": str(case.pk), "customer_id": str(customer.pk)})


def _stream(case_id: UUID) -> str:
    case = Case.objects.filter(pk=case_id).first()
    return stream_of(case) if case else ""


register_subject(Subject("case", 0, _stream))
for _action in (FindCustomers(), OpenCase()):
    register_action(_action)
