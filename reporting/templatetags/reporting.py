"""Filters of the dashboard's templates and of reports on paper."""

from typing import Any

from django import template

from reporting.metrics import Metric

register = template.Library()


@register.filter
def is_drawn(metric: Metric, name: str) -> bool:
    """True for a column that the chart draws."""
    return name in (metric.drawn or metric.header[1:])


@register.filter
def has_figures(metric: Metric) -> bool:
    """True where any number is not nought."""
    return any(cell for row in metric.rows for cell in row[1:])


@register.filter
def signed(value: object) -> str:
    """A number with its sign, for what counts for or against."""
    return f"{float(str(value)):+.2f}"


@register.filter
def holds_reports(content: dict[str, Any]) -> bool:
    """True where any case of a pack brings reports of suspicion."""
    return any(case.get("filings") for case in content.get("cases", ()))
