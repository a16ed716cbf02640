"""Counters and histograms of this process or container, and everything in Prometheus' text format."""

import os
from collections.abc import Iterator
from pathlib import Path

_FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if _FOLDER:  # prometheus_client writes there from the first counter on, and asks at its import
    Path(_FOLDER).mkdir(parents=True, exist_ok=True)

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest  # noqa: E402
from prometheus_client.core import GaugeMetricFamily  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402
from prometheus_client.registry import REGISTRY, Collector  # noqa: E402

from core.measuring.gauges import read_gauges  # noqa: E402

__all__ = ["Counter", "Histogram", "exposition", "kept_registry"]


class _Gauges(Collector):
    """The registered gauges as Prometheus' families."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for gauge, readings in read_gauges():
            family = GaugeMetricFamily(gauge.name, gauge.title, labels=gauge.labels)
            for reading in readings:
                family.add_metric([reading.labels[name] for name in gauge.labels], reading.value)
            yield family


def kept_registry() -> CollectorRegistry:
    """The counters: of this process alone, or of all that share the folder."""
    if not _FOLDER:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=_FOLDER)  # type: ignore[no-untyped-call]
    return registry


def exposition() -> bytes:
    """Counters and gauges in Prometheus' text format."""
    gauges = CollectorRegistry()
    gauges.register(_Gauges())
    return generate_latest(kept_registry()) + generate_latest(gauges)
