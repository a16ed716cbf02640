"""What of monitoring outgrows a request."""

from pathlib import Path

from django.urls import reverse

from core.exceptions import Fault
from monitoring.rows import transactions_from_csv
from monitoring.services import ingest_transactions
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

AT_ONCE = 1000  # rows that a request takes in itself, and a batch of a larger delivery
DELIVERY = "transaction delivery"


def deliver_upload(context: WorkContext, progress: Progress) -> WorkResult:
    """Takes in an uploaded file batch by batch, each a delivery of its own; doing it again doubles nothing."""
    rows = transactions_from_csv(Path(str(context.path)).read_bytes())
    taken = known = 0
    refused: list[Fault] = []
    for start in range(0, len(rows), AT_ONCE):
        progress.report(start, len(rows), "taking in transactions")
        result = ingest_transactions(rows=rows[start : start + AT_ONCE], source="csv upload", by=context.by)
        taken, known = taken + result.accepted, known + result.duplicates
        refused += [
            Fault(f"/line/{row.line}{fault.pointer}", fault.message, fault.suggestion)
            for row in result.rejected
            for fault in row.faults
        ]
    progress.report(len(rows), len(rows), "taking in transactions")
    told: dict[str, object] = {"taken": taken, "known before": known, "rejected": len(rows) - taken - known}
    return WorkResult(told, reverse("monitoring:transaction_import"), tuple(refused))


register_work(
    WorkKind(DELIVERY, deliver_upload, "What was taken in so far stays; sending the file again adds the rest.")
)
