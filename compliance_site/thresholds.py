"""From where on a gauge needs attention: on the status page, and in deploy/prometheus/alerts.yaml, which a test holds to this."""

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import gt, lt

from core.measuring import Reading

_COMPARED: dict[str, Callable[[float, float], bool]] = {"<": lt, ">": gt}


@dataclass(frozen=True)
class Threshold:
    """Attention where the value is `sign` than `limit`; only readings with these labels, where some are named."""

    gauge: str
    sign: str
    limit: float
    labels: dict[str, str] = field(default_factory=dict)

    def is_passed(self, reading: Reading) -> bool:
        """Whether this reading needs attention."""
        return self.labels.items() <= reading.labels.items() and _COMPARED[self.sign](reading.value, self.limit)


THRESHOLDS = {
    one.gauge: one
    for one in (
        Threshold("probity_up", "<", 1),
        Threshold("probity_steps_due_oldest_seconds", ">", 60, {"urgency": "person"}),
        Threshold("probity_leases_over", ">", 5),
        Threshold("probity_runs", ">", 0, {"state": "dead"}),
        Threshold("probity_screening_coverage_ratio", "<", 1),
        Threshold("probity_lists_late", ">", 0),
        Threshold("probity_screening_providers_down", ">", 0),
        Threshold("probity_cases_deadline", ">", 0, {"standing": "over"}),
        Threshold("probity_audit_pending", ">", 1000),
        Threshold("probity_audit_alarms", ">", 0),
        Threshold("probity_outbox_oldest_seconds", ">", 900),
        Threshold("probity_lanes_closed", ">", 0),
        Threshold("probity_periodic_late_seconds", ">", 600),
        Threshold("probity_llm_paused", ">", 0),
        Threshold("probity_disk_free_bytes", "<", 2e9),
    )
}
