"""What the reporting app records."""

from audit.actions import define

EXPORTED = define("reporting.metric_exported", "exported the figures “{after[metric]}”")
EVIDENCE_EXPORTED = define(
    "reporting.evidence_exported", "exported the evidence of the case, manifest {after[manifest_sha256]}"
)
