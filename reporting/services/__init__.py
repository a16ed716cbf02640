"""What leaves the product: figures and evidence. Each is recorded."""

from reporting.services.evidence import export_case_evidence
from reporting.services.figures import export_metric, neutral

__all__ = ["export_case_evidence", "export_metric", "neutral"]
