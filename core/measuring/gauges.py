"""Gauges: each app registers its own from its `gauges.py`; nothing else names them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import structlog

_log = structlog.get_logger(__name__)
_gauges: dict[str, "Gauge"] = {}


@dataclass(frozen=True)
class Reading:
    """A value with its labels."""

    value: float
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Gauge:
    """A measure that is read when it is asked for. `read` gives (values of `labels`, value) pairs; units stand in the name.

    `title` is what a person reads of it, on the status page and in Prometheus.
    """

    name: str
    title: str
    read: Callable[[], Iterable[tuple[tuple[str, ...], float]]]
    labels: tuple[str, ...] = ()

    def readings(self) -> list[Reading]:
        """Every value now."""
        return [Reading(value, dict(zip(self.labels, given, strict=True))) for given, value in self.read()]


def register_gauge(gauge: Gauge) -> None:
    """Makes the gauge known. Raises ValueError for a name that is taken by another."""
    if _gauges.setdefault(gauge.name, gauge) != gauge:
        raise ValueError(f"there is a gauge {gauge.name} already")


def registered_gauges() -> list[Gauge]:
    """Every gauge by name."""
    return [gauge for _, gauge in sorted(_gauges.items())]


def read_gauges() -> Iterator[tuple[Gauge, list[Reading]]]:
    """Every gauge with its values. One that cannot be read is left out and logged: the others are needed most just then."""
    for gauge in registered_gauges():
        try:
            yield gauge, gauge.readings()
        except Exception as error:  # the boundary: whatever is broken, the rest is told
            _log.warning("gauge_not_read", gauge=gauge.name, error=type(error).__name__)
