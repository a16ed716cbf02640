"""The workflow action that assesses a customer's activity, and the queue of customers with new transactions."""

from core.ids import parse_id
from monitoring.selectors import monitoring_summary
from monitoring.services import (
    Assessment,
    assess_customer,
    assess_pending,
    assess_process,
    keep_assessment,
    pending_customers,
    pending_processes,
)
from workflows.engine.due import register_due_source
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action


class ScoreTransactions(Action):
    """Assesses what is pending at once, so that later steps of the run know it."""

    name = "score_transactions"
    is_tried_out = True
    summary = "Assesses the customer's new transactions by every live scenario."

    def work(self, context: StepContext) -> Assessment:
        return assess_customer(customer_id=parse_id(context.reference("customer_id")))

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        if not isinstance(worked, Assessment):
            raise TypeError("score_transactions commits an Assessment")
        found = keep_assessment(assessment=worked, by=context.by, stream=context.stream)
        summary = monitoring_summary(worked.customer)
        return StepOutcome({
            "findings": found, "open_alerts": summary.open_alerts, "transactions": summary.transactions,
            "insufficient_history": worked.insufficient_history,
        })  # fmt: skip


register_action(ScoreTransactions())
register_due_source("monitoring", pending_customers, assess_pending)
register_due_source("process records", pending_processes, assess_process)
