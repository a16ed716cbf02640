"""What the status page shows: every gauge in words, by what it is about, with what needs attention marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format

from compliance_site.thresholds import THRESHOLDS, Threshold
from core.language import code_in_words, in_words
from core.measuring import Gauge, Reading, read_gauges
from core.words import said

# What gauges tell apart and no label of a choice says.
_OF_GAUGES = ("over", "near", "waiting_info", "spent", "allowed", "invalid", "dead")
_NEARLY_TWO, _MINUTE, _HOUR, _DAY = 1.5, 60, 3600, 86400
_BY_TOPIC = {
    said("Cases"): ("probity_cases",),
    said("Screening"): ("probity_customers", "probity_screening", "probity_list"),
    said("The record"): ("probity_audit",),
    said("Workflows and workers"): (
        "probity_steps",
        "probity_runs",
        "probity_leases",
        "probity_long",
        "probity_periodic",
    ),
    said("Messages"): ("probity_outbox", "probity_lanes"),
    said("Language model"): ("probity_llm",),
    said("Installation"): ("",),
}
# A gauge that is no number: what 1 and 0 mean. Others are called as their help for Prometheus says.
_STATES = {
    "probity_up": (said("answers"), said("does not answer")),
    "probity_llm_paused": (said("left alone"), said("in use")),
}
_UNITS = ("_seconds", "_ratio", "_bytes", "_up")
_PARTS = {"probity_llm_tokens_today"}  # their values do not add up to a whole


@dataclass(frozen=True)
class Line:
    """One value: of what (empty where the gauge has one alone), its share of the gauge's sum in percent, and its state."""

    of: str
    value: str
    share: int | None
    needs_attention: bool


@dataclass(frozen=True)
class Measure:
    """A gauge with its values; `limit` says from where on it needs attention, empty where nothing ever does."""

    title: str
    limit: str
    lines: list[Line]

    @property
    def needs_attention(self) -> bool:
        return any(line.needs_attention for line in self.lines)


@dataclass(frozen=True)
class Topic:
    """What belongs together; its measures that need attention stand first."""

    title: str
    measures: list[Measure]
    waiting: int


def status_now() -> list[Topic]:
    """Every gauge that has a value now, by topic; topics with something that needs attention first."""
    found: dict[str, list[Measure]] = {title: [] for title in _BY_TOPIC}
    for gauge, readings in read_gauges():
        if readings:
            found[_topic_of(gauge.name)].append(_measure(gauge, readings))
    topics = [
        Topic(title, sorted(rows, key=lambda row: not row.needs_attention), sum(row.needs_attention for row in rows))
        for title, rows in found.items()
        if rows
    ]
    return sorted(topics, key=lambda topic: not topic.waiting)


def _topic_of(name: str) -> str:
    return next(title for title, starts in _BY_TOPIC.items() if name.startswith(starts))


def _measure(gauge: Gauge, readings: list[Reading]) -> Measure:
    threshold = THRESHOLDS.get(gauge.name)
    limit = _limit(threshold) if threshold else ""
    return Measure(str(in_words(gauge.title)).rstrip("."), limit, list(_lines(gauge, readings, threshold)))


def _lines(gauge: Gauge, readings: list[Reading], threshold: Threshold | None) -> Iterator[Line]:
    whole = sum(reading.value for reading in readings)
    is_divided = len(readings) > 1 and whole and not gauge.name.endswith(_UNITS)
    for reading in readings:
        of = ", ".join(code_in_words(value) for value in reading.labels.values())
        share = round(100 * reading.value / whole) if is_divided and gauge.name not in _PARTS else None
        yield Line(of, _in_words(gauge.name, reading.value), share, bool(threshold and threshold.is_passed(reading)))


def _limit(threshold: Threshold) -> str:
    if threshold.gauge in _STATES:
        return ""
    value = _in_words(threshold.gauge, threshold.limit)
    below, above = (
        said("Needs attention below {value}.", value=value),
        said("Needs attention above {value}.", value=value),
    )
    return below if threshold.sign == "<" else above if threshold.limit else said("Should be none.")


def _in_words(name: str, value: float) -> str:
    if name in _STATES:
        return _STATES[name][0 if value else 1]
    if name.endswith("_ratio"):
        return f"{number_format(100 * value, 2 if value < 1 else 0)} %"
    if not value:
        return said("none")
    if name.endswith("_seconds"):
        return _duration(value)
    if name.endswith("_bytes"):
        return str(filesizeformat(value))
    return number_format(value, 0, force_grouping=True)


def _duration(seconds: float) -> str:
    if seconds >= 2 * _DAY:
        return said("{number} days", number=f"{seconds / _DAY:.0f}")
    if seconds >= 2 * _HOUR:
        return said("{number} hours", number=f"{seconds / _HOUR:.0f}")
    if seconds >= 2 * _MINUTE:
        return said("{number} minutes", number=f"{seconds / _MINUTE:.0f}")
    return said("{number} seconds", number=f"{seconds:.0f}") if seconds >= _NEARLY_TWO else said("a second")
