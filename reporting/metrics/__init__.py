"""Figures of the dashboard, by code."""

from reporting.metrics.alerts import ALERTS_A_DAY, CONVERSION, RULE_VALUE
from reporting.metrics.base import PERIODS, Figure, Metric, Scope
from reporting.metrics.cases import CASES_BY_STATUS, QUEUE_AGE, THROUGHPUT
from reporting.metrics.hits import COVERAGE, HITS_BY_LIST
from reporting.metrics.overturned import OVERTURNED_BY_MONTH, OVERTURNED_BY_REASON
from reporting.metrics.people import REVIEWERS
from reporting.metrics.sla import SLA_FORECAST

METRICS: dict[str, Figure] = {
    figure.code: figure
    for figure in (
        SLA_FORECAST, QUEUE_AGE, ALERTS_A_DAY, CONVERSION, RULE_VALUE, HITS_BY_LIST, COVERAGE, THROUGHPUT, REVIEWERS,
        OVERTURNED_BY_MONTH, OVERTURNED_BY_REASON, CASES_BY_STATUS,
    )
}  # fmt: skip

__all__ = ["METRICS", "PERIODS", "Figure", "Metric", "Scope"]
