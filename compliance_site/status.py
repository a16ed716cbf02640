"""What the status page shows: every gauge in words, with what needs attention marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format

from compliance_site.thresholds import THRESHOLDS
from core.language import code_in_words, in_words
from core.measuring import Gauge, Reading, read_gauges
from core.words import said

# What gauges tell apart and no label of a choice says.
_OF_GAUGES = ("over", "near", "waiting_info", "spent", "allowed", "invalid", "dead")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


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
        Measure(str(in_words(gauge.title)).rstrip("."), list(_lines(gauge, readings)))
        for gauge, readings in read_gauges()
        if readings
    ]
    return sorted(measures, key=lambda one: not any(line.needs_attention for line in one.lines))


def _lines(gauge: Gauge, readings: list[Reading]) -> Iterator[Line]:
    threshold = THRESHOLDS.get(gauge.name)
    for reading in readings:
        of = ", ".join(code_in_words(value) for value in reading.labels.values())
        yield Line(of, _in_words(gauge.name, reading.value), threshold is not None and threshold.is_passed(reading))


def _in_words(name: str, value: float) -> str:
    if name in {"probity_up", "probity_llm_paused"}:
        return said("yes") if value else said("no")
    if name.endswith("_seconds"):
        return _duration(value)
    if name.endswith("_ratio"):
        return f"{number_format(100 * value, 2)} %"
    if name.endswith("_bytes"):
        return str(filesizeformat(value))
    return number_format(value, 0, force_grouping=True)


def _duration(seconds: float) -> str:
    if seconds >= 2 * _DAY:
        return said("{number} days", number=f"{seconds / _DAY:.0f}")
    for size, unit in ((_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
