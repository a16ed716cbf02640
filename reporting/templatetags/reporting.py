"""Filters of the dashboard's templates."""

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
