"""What the status page shows: every gauge in words, with what needs attention marked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from core.measuring import Gauge, Reading, read_gauges

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
# What is not as it should be, as deploy/prometheus/alerts.yaml has it.
_ATTENTION: dict[str, Callable[[Reading], bool]] = {
    "probity_up": lambda one: one.value < 1,
    "probity_steps_due_oldest_seconds": lambda one: one.labels["urgency"] == "person" and one.value > _MINUTE,
    "probity_leases_over": lambda one: one.value > 0,
    "probity_runs": lambda one: one.labels["state"] == "dead" and one.value > 0,
    "probity_screening_coverage_ratio": lambda one: one.value < 1,
    "probity_lists_late": lambda one: one.value > 0,
    "probity_screening_providers_down": lambda one: one.value > 0,
    "probity_cases_deadline": lambda one: one.labels["standing"] == "over" and one.value > 0,
    "probity_audit_alarms": lambda one: one.value > 0,
    "probity_outbox_oldest_seconds": lambda one: one.value > 15 * _MINUTE,
    "probity_lanes_closed": lambda one: one.value > 0,
    "probity_periodic_late_seconds": lambda one: one.value > 10 * _MINUTE,
    "probity_llm_paused": lambda one: one.value > 0,
    "probity_disk_free_bytes": lambda one: one.value < 2e9,  # noqa: PLR2004 - as the alert says
}


@dataclass(frozen=True)
class Line:
    """One value: of what, and whether it needs attention."""

    of: str
    value: str
    needs_attention: bool


@dataclass(frozen=True)
class Measure:
    """A gauge with its values."""

    title: str
    lines: list[Line]


def status_now() -> list[Measure]:
    """Every gauge that has a value now, those that need attention first."""
    measures = [
        Measure(gauge.title.rstrip("."), list(_lines(gauge, readings))) for gauge, readings in read_gauges() if readings
    ]
    return sorted(measures, key=lambda one: not any(line.needs_attention for line in one.lines))


def _lines(gauge: Gauge, readings: list[Reading]) -> Iterator[Line]:
    judge = _ATTENTION.get(gauge.name)
    for reading in readings:
        of = ", ".join(value.replace("_", " ") for value in reading.labels.values())
        yield Line(of, _in_words(gauge.name, reading.value), judge is not None and judge(reading))


def _in_words(name: str, value: float) -> str:
    if name in {"probity_up", "probity_llm_paused"}:
        return "yes" if value else "no"
    if name.endswith("_seconds"):
        return _duration(value)
    if name.endswith("_ratio"):
        return f"{100 * value:.2f} %"
    if name.endswith("_bytes"):
        return str(filesizeformat(value))
    return f"{value:,.0f}"


def _duration(seconds: float) -> str:
    for size, unit in ((_DAY, "days"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
