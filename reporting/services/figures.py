"""Exports."""

import csv
import io

from django.db import transaction

from audit.services import record
from core.actor import Actor
from reporting import actions
from reporting.metrics import Metric
from reporting.spreadsheets import neutral


@transaction.atomic
def export_metric(*, metric: Metric, by: Actor) -> str:
    """The metric as CSV. Side effects: an audit entry."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(metric.header)
    writer.writerows([neutral(cell) for cell in row] for row in metric.rows)
    record(
        actions.EXPORTED,
        by=by,
        object_type="metric",
        object_id=metric.code,
        stream="exports",
        after={"metric": metric.code},
    )
    return stream.getvalue()
