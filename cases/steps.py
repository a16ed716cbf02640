"""Workflow actions that need all three controls: rating, the decision, the closing entry of the trail."""

from uuid import UUID

from audit.services import record
from cases import actions
from cases.models import Case
from cases.selectors import case_facts, settled_decision
from cases.services import decide_by_policy, need_person
from cases.services.opening import stream_of
from customers.models import Customer
from customers.risk.evidence import RiskEvidence
from customers.selectors import current_rating
from customers.services import rate_customer
from documents.selectors import document_quality
from monitoring.selectors import monitoring_summary
from screening.selectors import screening_summary
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action
from workflows.engine.subjects import Subject, register_subject


def _case_of(context: StepContext) -> Case:
    return Case.objects.select_related("customer__party").get(pk=context.subject_id)


class RateCustomer(Action):
    name = "rate_customer"
    summary = "Rates the customer's risk from what screening, documents and monitoring found."

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        customer = Customer.objects.select_related("party").get(pk=str(context.inputs["customer_id"]))
        rating = rate_customer(customer=customer, evidence=evidence_of(customer), by=context.by, stream=context.stream)
        return StepOutcome({"level": rating.level, "score": str(rating.score), "due_diligence": rating.due_diligence})


def evidence_of(customer: Customer) -> RiskEvidence:
    """What the controls found, as the rating takes it."""
    screened, quality = screening_summary(customer), document_quality(customer)
    return RiskEvidence(
        pep=screened.pep,
        sanction_confirmed=screened.sanction_confirmed,
        open_hits=screened.open_hits,
        top_similarity=screened.top_similarity,
        documents_verified=quality.verified,
        documents_doubtful=quality.doubtful + quality.unread,
        documents_refused=quality.refused,
        open_alerts=monitoring_summary(customer).open_alerts,
    )


class AwaitDecision(Action):
    """Approves by the published policy, or parks for a person with every reason in words."""

    name = "await_decision"
    summary = "Approves by the published policy, or waits for two people to decide."

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        case = _case_of(context)
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
            case=case, code="parked", sentence="The policy leaves this decision to people.", source_type="run",
            source_id=context.run_id,
        )  # fmt: skip
        return StepOutcome({"automatic": False}, parked=True, reason="a person decides")


class LogAuditTrail(Action):
    name = "log_audit_trail"
    summary = "Closes the case's trail with the outcome, the rating, the list versions and the time it took."

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        case = _case_of(context)
        decision, rating = settled_decision(case), current_rating(case.customer)
        screened = screening_summary(case.customer)
        facts = {name: value for name, value in vars(case_facts(case.customer)).items() if name != "rating"}
        after: dict[str, object] = facts | {
            "decision": decision.kind if decision else "none",
            "rating": rating.level if rating else "none",
            "lists": list(screened.list_versions),
            "steps": len(context.outputs) + 1,
            "seconds": int((case.closed_at - case.created_at).total_seconds()) if case.closed_at else 0,
        }
        record(
            actions.TRAIL_LOGGED,
            by=context.by,
            object_type="case",
            object_id=case.pk,
            stream=stream_of(case),
            after=after,
        )
        return StepOutcome({"logged": True})


def _exists(case_id: UUID) -> bool:
    return Case.objects.filter(pk=case_id).exists()


register_subject(Subject("case", 0, _exists))
for _action in (RateCustomer(), AwaitDecision(), LogAuditTrail()):
    register_action(_action)
