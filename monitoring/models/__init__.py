"""Transactions, scenarios with their versions, findings and alerts."""

from monitoring.models.alerts import Alert, AlertDecision, AlertSnooze, Finding, QuietFinding
from monitoring.models.scenarios import Scenario, ScenarioVersion
from monitoring.models.transactions import ExchangeRate, Ingest, PendingAssessment, Transaction

__all__ = [
    "Alert", "AlertDecision", "AlertSnooze", "ExchangeRate", "Finding", "Ingest", "PendingAssessment", "QuietFinding",
    "Scenario", "ScenarioVersion", "Transaction",
]  # fmt: skip
