"""The workflow action that assesses a customer's activity, and the queue of customers with new transactions."""

from importlib import import_module
from typing import Any

from core.ids import parse_id
from monitoring.selectors import live_versions, monitoring_summary, sampling_policy
from monitoring.services import (
    Assessment,
    assess_customer,
    assess_pending,
    assess_process,
    keep_assessment,
    keep_sample,
    keep_second_looks,
    pending_customers,
    pending_processes,
)
from monitoring.services.ingestion import ASSESSMENTS
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


class SampleBelowLine(Action):
    """Draws rows that nearly fired, for people to judge without knowing that they did not."""

    name = "sample_below_line"
    summary = "Draws near misses of every live scenario into the blind queue, with decided alerts among them."

    def work(self, context: StepContext) -> object:
        below: Any = import_module("monitoring.below")  # Polars is loaded by workers only
        return list(below.drawn_below(live_versions(), sampling_policy().a_night))

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        if not isinstance(worked, list):
            raise TypeError("sample_below_line commits a list of Drawn")
        counts = [keep_sample(drawn=drawn, by=context.by, stream=context.stream) for drawn in worked]
        return StepOutcome({"scenarios": len(worked), "items": sum(counts)})


class SampleDecisions(Action):
    """Draws decided alerts, for another person to judge without knowing the decision."""

    name = "sample_decisions"
    summary = "Puts the policy's share of decided alerts into the blind queue, for a second person to judge."

    def commit(self, context: StepContext, worked: object) -> StepOutcome:
        return StepOutcome({"items": keep_second_looks(by=context.by, stream=context.stream)})


register_action(ScoreTransactions())
register_action(SampleBelowLine())
register_action(SampleDecisions())
register_due_source(ASSESSMENTS, pending_customers, assess_pending)
register_due_source("process records", pending_processes, assess_process)
