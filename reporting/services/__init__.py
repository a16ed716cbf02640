"""What leaves the product: figures and evidence. Each is recorded."""

from reporting.services.evidence import EvidencePack, Wish, make_evidence, scope_for, start_evidence
from reporting.services.exports import fetch_export, start_export
from reporting.services.figures import export_metric
from reporting.services.replays import start_replay

__all__ = [
    "EvidencePack", "Wish", "export_metric", "fetch_export", "make_evidence", "scope_for", "start_evidence",
    "start_export", "start_replay",
]  # fmt: skip
