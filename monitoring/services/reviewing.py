"""Judging batch records by the live scenarios of their domain, in a worker: single entries at once, the record when whole."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings

from core.clock import now
from monitoring.models import PendingAssessment, ScenarioVersion
from monitoring.rules.needs import looks_ahead, needs_of
from monitoring.selectors import EVENT_COLUMNS, definition_of, definitions_of, judging_versions, process_rows
from monitoring.services.assessment import BY, Assessment, claim, keep_assessment


def pending_processes(limit: int) -> Sequence[UUID]:
    """What waits of batch records and is due, the longest waiting first: keys of pending rows."""
    due = PendingAssessment.objects.filter(run_at__lte=now()).exclude(process_id="")
    return list(due.order_by("run_at").values_list("pk", flat=True)[:limit])


def assess_process(pending_id: UUID) -> None:
    """Judges the process that waits by this row, with everything else of it that is due; nothing where it is taken.

    Side effects: a lease on the pending rows, then those of `keep_assessment`.
    """
    row = PendingAssessment.objects.select_related("customer__party").filter(pk=pending_id).first()
    if row is None:
        return
    of_process = PendingAssessment.objects.filter(customer=row.customer_id, process_id=row.process_id)
    claimed = claim(of_process)
    if not claimed:
        return
    still_grows = of_process.filter(is_whole=True, attempts=0, run_at__gt=now()).exists()
    is_whole = any(item.is_whole for item in claimed) and not still_grows
    judged = _judged(row, [version for version in judging_versions("pharma") if is_whole or not _waits(version)])
    pending = tuple(item.pk for item in claimed)
    keep_assessment(assessment=Assessment(row.customer, pending, judged, row.process_id), by=BY)


def _waits(version: ScenarioVersion) -> bool:
    """A rule that looks ahead says nothing true of a record that is not whole."""
    return looks_ahead(definition_of(version).checked())


def _judged(row: PendingAssessment, versions: list[ScenarioVersion]) -> tuple[tuple[ScenarioVersion, Any], ...]:
    evaluation: Any = import_module("monitoring.evaluation")  # Polars is loaded by workers only, not by the web process
    definitions = definitions_of(versions)
    needs = needs_of(definition.checked() for definition in definitions)
    rows = process_rows(row.customer, row.process_id, needs)
    assessed = evaluation.review_rows(
        definitions, EVENT_COLUMNS, rows, process_id=row.process_id, base_currency=settings.BASE_CURRENCY
    )
    return tuple(zip(versions, assessed, strict=True))
