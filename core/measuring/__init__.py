"""What the product measures of itself, for Prometheus.

Counters and histograms are kept by the process that counts; several processes of one container share them where
`PROMETHEUS_MULTIPROC_DIR` names a folder. Gauges are read from the database when they are asked for, so every process
gives the same. No label holds personal data or grows with it: names of views, states, lists, lanes by kind.
"""

from core.measuring.gauges import Gauge, Reading, read_gauges, register_gauge, registered_gauges
from core.measuring.kept import Counter, Histogram, exposition

__all__ = [
    "Counter", "Gauge", "Histogram", "Reading", "exposition", "read_gauges", "register_gauge", "registered_gauges",
]  # fmt: skip
