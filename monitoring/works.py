"""What of monitoring outgrows a request."""

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.ids import parse_id
from monitoring.intake.files import lines_of
from monitoring.models import FileImport
from monitoring.selectors import definition_of, replaced_version, scenario_version
from monitoring.services import (
    IMPORT,
    assess_delivery,
    begin_import,
    drop_stale_imports,
    finish_import,
    import_rows,
    keep_backtest,
    keep_proposed,
    leave_import,
    prune_silent,
    queue_delivery,
    settle_left_imports,
    take_batch,
    take_tables,
    takes_tables,
)
from monitoring.services.taking import in_batches
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work
from workflows.engine.periodic import register_periodic

BATCH = 5000
BACKTEST, PARTITION, LOOSER = "scenario backtest", "scoring of a partition", "looser limits"


def run_import(context: WorkContext, progress: Progress) -> WorkResult:
    """Takes in an uploaded file batch by batch; doing it again doubles nothing."""
    item, is_again = begin_import(import_id=parse_id(context.inputs["import_id"]), by=context.by)
    if is_again:  # what a killed worker had stored goes to the queue of customers, as does the rest
        _queue(item, context)
        _take_rows(item, context, progress, is_filed=False)
    else:
        try:
            _take_rows(item, context, progress, is_filed=True)
            _assess(item, context, progress)
        except BaseException:
            leave_import(item=item, by=context.by)  # where even that fails, `settle_left_imports` does it
            raise
    ingest = finish_import(import_id=item.pk).ingest
    told: dict[str, object] = {"read": item.rows_read}
    if ingest is not None:
        told |= {"taken": ingest.accepted, "known before": ingest.duplicates, "rejected": ingest.rejected_count}
    return WorkResult(told, reverse("monitoring:import_detail", args=[item.pk]))


def _take_rows(item: FileImport, context: WorkContext, progress: Progress, *, is_filed: bool) -> None:
    total = lines_of(Path(settings.DATA_DIR) / item.path, item.format)
    progress.report(0, total, "taking in rows")
    if is_filed and takes_tables(item):
        for _ in take_tables(item=item, by=context.by):
            progress.report(item.rows_read, total and max(total, item.rows_read), "taking in rows")
        return
    for batch in in_batches(import_rows(item), BATCH):
        take_batch(item=item, rows=batch, by=context.by, is_filed=is_filed)
        progress.report(item.rows_read, total and max(total, item.rows_read), "taking in rows")


def _assess(item: FileImport, context: WorkContext, progress: Progress) -> None:
    if item.ingest is not None:
        told = partial(progress.report, stage="assessing")
        assess_delivery(ingest=item.ingest, by=context.by, on_progress=told)


def _queue(item: FileImport, context: WorkContext) -> None:
    if item.ingest is not None:
        queue_delivery(ingest=item.ingest, by=context.by)


def try_scenario(context: WorkContext, progress: Progress) -> WorkResult:
    """Tries a version on the last year, with the history that its rule looks back to, and compares it with the live one."""
    trials: Any = import_module("monitoring.trials")  # Polars is loaded by workers only
    version = scenario_version(context.inputs["version_id"])
    former = replaced_version(version)
    progress.report(0, 1, "trying the scenario")
    told_former = definition_of(former) if former else None
    result = trials.backtested(definition_of(version), told_former)
    if former:
        result["against"] = former.number
    keep_backtest(version_id=version.pk, result=result, by=context.by)
    progress.report(1, 1, "trying the scenario")
    told: dict[str, object] = {f"alerts in {item['days']} days": item["alerts"] for item in result["periods"]}
    return WorkResult(told, reverse("monitoring:scenario_detail", args=[version.scenario_id]))


def score_part(context: WorkContext, progress: Progress) -> WorkResult:
    """Judges a partition of a file that somebody has the workers score."""
    engine: Any = import_module("monitoring.engines.celery")  # Polars is loaded by workers only
    result: WorkResult = engine.score_part(context, progress)
    return result


def try_looser(context: WorkContext, progress: Progress) -> WorkResult:
    """Tries looser limits of a version on the past."""
    below: Any = import_module("monitoring.below")  # Polars is loaded by workers only
    version = scenario_version(context.inputs["version_id"])
    progress.report(0, 1, "trying looser limits")
    proposed = below.proposed_for(version)
    keep_proposed(version_id=version.pk, proposed=proposed, by=context.by)
    return WorkResult(
        {"limits that would have met what was missed": len(proposed)}, reverse("monitoring:sampling_report")
    )


register_work(WorkKind(LOOSER, try_looser, "The report stays as it was."))
register_work(WorkKind(PARTITION, score_part, "The file is not scored."))
register_work(WorkKind(BACKTEST, try_scenario, "The version stays as it was."))
register_work(WorkKind(IMPORT, run_import, "What was taken in so far stays; importing the file again adds the rest."))
register_periodic("stale imports", 3600, drop_stale_imports)
register_periodic("left imports", 300, settle_left_imports)
register_periodic("old traces", 86_400, prune_silent)
