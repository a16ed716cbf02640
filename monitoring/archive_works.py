"""Archiving by the night, and bringing a month back as long work."""

from importlib import import_module
from typing import Any

from django.urls import reverse

from core.actor import system_actor
from monitoring.domains.finance import FINANCE
from monitoring.selectors import archive_policy, archived_before, due_months
from monitoring.services import archive_month, bring_back, sweep_archive
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work
from workflows.engine.periodic import register_periodic

BRINGING_BACK = "bringing back of a month"
_SCHEDULER = system_actor("scheduler")


def archive_old_months() -> int:
    """Archives what the policy no longer keeps at hand, a transaction a month; how many rows. A periodic task."""
    before = archived_before(archive_policy())
    months = due_months(before) if before else []
    moved = sum(archive_month(month=month, before=before, by=_SCHEDULER) for month in months if before)
    if moved:
        _compare()
    sweep_archive()
    return moved


def run_bringing_back(context: WorkContext, progress: Progress) -> WorkResult:
    """Puts a month back into the database and into the snapshot that backtests read."""
    progress.report(0, 1, "reading the file")
    rows = bring_back(month=str(context.inputs["month"]), by=context.by)
    _compare()
    progress.report(1, 1, "reading the file")
    return WorkResult({"rows": rows}, reverse("monitoring:archive_list"))


def _compare() -> None:
    writing: Any = import_module("monitoring.snapshots.writing")  # Polars is loaded by workers only
    writing.compare_snapshot(FINANCE.code)


def _archive() -> None:
    archive_old_months()


register_work(WorkKind(BRINGING_BACK, run_bringing_back, "The month stays in the archive."))
register_periodic("archive old months", 86_400, _archive)
