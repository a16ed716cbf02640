"""Exports."""

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.spreadsheets import csv_lines
from reporting import actions
from reporting.metrics import Metric


@transaction.atomic
def export_metric(*, metric: Metric, by: Actor) -> str:
    """The metric as CSV. Side effects: an audit entry."""
    text = "".join(csv_lines(metric.header, metric.rows))
    record(
        actions.EXPORTED,
        by=by,
        object_type="metric",
        object_id=metric.code,
        stream="exports",
        after={"metric": metric.code},
    )
    return text
