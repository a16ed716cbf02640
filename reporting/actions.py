"""What the reporting app records."""

from audit.actions import define

EXPORTED = define("reporting.metric_exported", "exported the figures “{after[metric]}”")
REPLAYED = define("reporting.replay_started", "had the {after[kind]} computed again")
EXPORT_STARTED = define(
    "reporting.export_started", "asked for the export {after[code]} from {after[first]} to {after[last]}"
)
EXPORT_FETCHED = define("reporting.export_fetched", "fetched the export {after[file]}")
EVIDENCE_EXPORTED = define(
    "reporting.evidence_exported", "exported the evidence of the case, manifest {after[manifest_sha256]}"
)
