"""What of monitoring outgrows a request."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.clock import now
from core.exceptions import Fault
from monitoring.domains.finance import FINANCE
from monitoring.rows import rows_of_csv
from monitoring.scenarios.catalogue import ScenarioDefinition
from monitoring.selectors import scenario_version, transactions_since
from monitoring.services import ingest_transactions, keep_backtest
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

AT_ONCE = 1000  # rows that a request takes in itself, and a batch of a larger delivery
DELIVERY, BACKTEST, PARTITION = "transaction delivery", "scenario backtest", "scoring of a partition"
LOOKED_AT = 365


def deliver_upload(context: WorkContext, progress: Progress) -> WorkResult:
    """Takes in an uploaded file batch by batch, each a delivery of its own; doing it again doubles nothing."""
    rows = rows_of_csv(Path(str(context.path)).read_bytes())
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


def try_scenario(context: WorkContext, progress: Progress) -> WorkResult:
    """Tries a version of a scenario on the transactions of the last year, with the history that its rule looks back to."""
    evaluation: Any = import_module("monitoring.evaluation")  # Polars is loaded by workers only
    version = scenario_version(context.inputs["version_id"])
    moment = now()
    progress.report(0, 2, "reading transactions")
    rows = transactions_since(moment - timedelta(days=LOOKED_AT + FINANCE.kept_days), evaluation.COLUMNS)
    progress.report(1, 2, "trying the scenario")
    definition = ScenarioDefinition(**version.definition)
    result = evaluation.tried(definition, rows, until=moment, base_currency=settings.BASE_CURRENCY)
    keep_backtest(version_id=version.pk, result={**result, "at": moment.isoformat()}, by=context.by)
    progress.report(2, 2, "trying the scenario")
    told: dict[str, object] = {f"alerts in {item['days']} days": item["alerts"] for item in result["periods"]}
    return WorkResult(told, reverse("monitoring:scenario_detail", args=[version.scenario_id]))


def score_part(context: WorkContext, progress: Progress) -> WorkResult:
    """Judges a partition of a file that somebody has the workers score."""
    engine: Any = import_module("monitoring.engines.celery")  # Polars is loaded by workers only
    result: WorkResult = engine.score_part(context, progress)
    return result


register_work(WorkKind(PARTITION, score_part, "The file is not scored."))
register_work(WorkKind(BACKTEST, try_scenario, "The version stays as it was."))
register_work(
    WorkKind(DELIVERY, deliver_upload, "What was taken in so far stays; sending the file again adds the rest.")
)
