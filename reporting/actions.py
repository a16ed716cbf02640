"""What the reporting app records."""

from audit.actions import define

EXPORTED = define("reporting.metric_exported", "exported the figures “{after[metric]}”")
