"""Exports."""

import csv
import io

from django.db import transaction

from audit.services import record
from core.actor import Actor
from reporting import actions
from reporting.metrics import Metric
from reporting.metrics.base import Cell

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones run in some locales


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


def neutral(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula, made a plain text (OWASP: CSV injection)."""
    runs = isinstance(cell, str) and (cell.startswith(_FORMULA_STARTS) or cell.lstrip().startswith(_FORMULA_STARTS))
    return f"'{cell}" if runs else cell
