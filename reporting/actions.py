"""What the reporting app records."""

from audit.actions import define

EXPORTED = define("reporting.metric_exported", "exported the figures “{after[metric]}”")
REPLAYED = define("reporting.replay_started", "had the {after[kind]} computed again")
EXPORT_STARTED = define(
    "reporting.export_started", "asked for the export {after[code]} from {after[first]} to {after[last]}"
)
EXPORT_FETCHED = define("reporting.export_fetched", "fetched the export {after[file]}")
EVIDENCE_STARTED = define("reporting.evidence_started", "asked for the evidence of the {after[kind]} {after[name]}")
EVIDENCE_EXPORTED = define(
    "reporting.evidence_exported", "exported the evidence of the case, manifest {after[manifest_sha256]}"
)
CUSTOMER_EVIDENCE_EXPORTED = define(
    "reporting.customer_evidence_exported", "exported the evidence of the customer, manifest {after[manifest_sha256]}"
)
PERIOD_EVIDENCE_EXPORTED = define(
    "reporting.period_evidence_exported", "exported the evidence of {after[name]}, manifest {after[manifest_sha256]}"
)
# The prefix keeps it from those who may not know of reports (`cases.selectors.concealing`).
REPORTS_EXPORTED = define(
    "filings.evidence_exported", "took reports of suspicion out with the evidence of {after[name]}"
)
