"""Workflow actions that need all three controls: rating, the decision, the closing entry of the trail."""

from cases.selectors import risk_evidence
from cases.services import decide_by_policy, log_case_trail, log_document_trail, need_person
from cases.steps.context import case_of
from core.ids import parse_id
from core.words import said
from customers.models import Customer
from customers.services import rate_customer
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action


class RateCustomer(Action):
    name = "rate_customer"
    is_tried_out = True
    summary = "Rates the customer's risk from what screening, documents and monitoring found."

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        customer = Customer.objects.select_related("party").get(pk=context.reference("customer_id"))
        rating = rate_customer(
            customer=customer, evidence=risk_evidence(customer), by=context.by, stream=context.stream
        )
        return StepOutcome({"level": rating.level, "score": str(rating.score), "due_diligence": rating.due_diligence})


class AwaitDecision(Action):
    """Approves by the published policy, or parks for a person with every reason in words."""

    name = "await_decision"
    is_tried_out = True
    summary = "Approves by the published policy, or waits for two people to decide."

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        case = case_of(context)
        decision, conditions = decide_by_policy(case=case, by=context.by)
        if decision is not None:
            return StepOutcome({"decision_id": str(decision.pk), "automatic": True})
        failed = [condition.sentence for condition in conditions if not condition.holds]
        for number, sentence in enumerate(failed):
            need_person(
                case=case,
                code="policy",
                sentence=sentence,
                source_type="policy",
                source_id=number,
                weight=10,
                queue_now=False,
            )
        need_person(
            case=case, code="parked", sentence=said("The policy leaves this decision to people."), source_type="run",
            source_id=context.run_id,
        )  # fmt: skip
        return StepOutcome({"automatic": False, "case_id": str(case.pk)}, parked=True, reason=said("a person decides"))


class LogAuditTrail(Action):
    """About a document where the item or the inputs name one, else about the case."""

    name = "log_audit_trail"
    is_tried_out = True
    summary = (
        "Closes the trail: of a case with outcome, rating, list versions and time, of a document with file, classification, "
        "compliance and outcome."
    )

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        if context.reference("document_id"):
            log_document_trail(document_id=parse_id(context.reference("document_id")), by=context.by)
        else:
            log_case_trail(case=case_of(context), steps=len(context.outputs) + 1, by=context.by)
        return StepOutcome({"logged": True})


for _action in (RateCustomer(), AwaitDecision(), LogAuditTrail()):
    register_action(_action)
