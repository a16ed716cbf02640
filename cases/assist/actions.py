"""What assistance records."""

from audit.actions import define

KEPT = define("assist.summary_kept", "kept a summary of {after[lines]} line(s); {after[kept]} % of the draft stayed")
