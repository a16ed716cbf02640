"""What leaves the product: figures and evidence. Each is recorded."""

from reporting.services.evidence import export_case_evidence
from reporting.services.exports import fetch_export, start_export
from reporting.services.figures import export_metric
from reporting.services.replays import start_replay
from reporting.spreadsheets import neutral

__all__ = ["export_case_evidence", "export_metric", "fetch_export", "neutral", "start_export", "start_replay"]
