"""The workflow action that assesses a customer's activity, and the queue of customers with new transactions."""

from customers.models import Customer
from monitoring.selectors import monitoring_summary
from monitoring.services import assess_pending, pending_customers
from workflows.engine.due import register_due_source
from workflows.engine.registry import Action, StepContext, StepOutcome, register_action


class ScoreTransactions(Action):
    """Assessment is idempotent per transaction, so it may run in the worker's own transactions."""

    name = "score_transactions"
    summary = "Assesses the customer's new transactions by every live scenario."

    def work(self, context: StepContext) -> None:
        customer = Customer.objects.get(pk=str(context.inputs["customer_id"]))
        assess_pending(customer.pk)

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        summary = monitoring_summary(Customer.objects.get(pk=str(context.inputs["customer_id"])))
        return StepOutcome({"open_alerts": summary.open_alerts, "transactions": summary.transactions})


register_action(ScoreTransactions())
register_due_source("assessment", pending_customers, assess_pending)
