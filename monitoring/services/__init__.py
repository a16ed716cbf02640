"""Writes of the monitoring app: deliveries, assessment, alerts, scenarios, rates."""

from monitoring.services.alerts import dispose_alert
from monitoring.services.assessment import assess_customer, assess_pending, pending_customers
from monitoring.services.configuration import ensure_shipped_scenarios, publish_scenario, set_rate
from monitoring.services.ingestion import IngestResult, ingest_transactions

__all__ = [
    "IngestResult", "assess_customer", "assess_pending", "dispose_alert", "ensure_shipped_scenarios",
    "ingest_transactions", "pending_customers", "publish_scenario", "set_rate",
]  # fmt: skip
