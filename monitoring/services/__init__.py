"""Writes of the monitoring app: deliveries, assessment, alerts, scenarios, rates."""

from monitoring.services.alerts import dispose_alert, record_alert_view, record_transactions_view, snooze_alerts
from monitoring.services.assessment import (
    Assessment,
    assess_customer,
    assess_pending,
    keep_assessment,
    pending_customers,
)
from monitoring.services.configuration import draft_scenario, ensure_shipped_scenarios, publish_scenario, set_rate
from monitoring.services.ingestion import IngestResult, ingest_transactions
from monitoring.services.lifecycle import keep_backtest, move_version, redraft_scenario

__all__ = [
    "Assessment", "IngestResult", "assess_customer", "assess_pending", "dispose_alert", "draft_scenario",
    "ensure_shipped_scenarios", "ingest_transactions", "keep_assessment", "keep_backtest", "move_version",
    "pending_customers", "publish_scenario", "record_alert_view", "record_transactions_view", "redraft_scenario",
    "set_rate", "snooze_alerts",
]  # fmt: skip
