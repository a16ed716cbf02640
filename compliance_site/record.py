"""The record's own work: placing entries as soon as they wait, verifying all of it every night.

Here and not in `audit`, which knows nobody: the site joins it to the workflow engine's dispatcher.
"""

from uuid import UUID

from django.urls import reverse

from audit.alarms import raise_alarm
from audit.exceptions import RestoreNotDeclared
from audit.services import anchor_checkpoints, place_pending, record_is_waiting, verify_record
from workflows.engine.due import register_due_source
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work
from workflows.engine.periodic import register_periodic

_ROW = UUID(int=0)
_DAY = 24 * 3600
VERIFICATION = "verification of the record"


def _waiting(limit: int) -> list[UUID]:
    return [_ROW] if record_is_waiting() else []


def _place(_: UUID) -> None:
    """Places what waits and anchors the checkpoint; a record behind its anchor is left as it is, with an alarm."""
    try:
        while place_pending():
            anchor_checkpoints()
    except RestoreNotDeclared as error:
        raise_alarm("rolled_back", error.message)


def _verify() -> None:
    verify_record()


def _verify_now(context: WorkContext, progress: Progress) -> WorkResult:
    """A verification that somebody asked for."""
    run = verify_record(told=lambda done, total: progress.report(done, total, "examining entries"))
    return WorkResult({"entries": run.entries, "faults": len(run.faults)}, reverse("audit:integrity"))


def _anchor() -> None:
    """What an anchor did not take at once, or takes but now and then."""
    anchor_checkpoints()


register_work(WorkKind(VERIFICATION, _verify_now, "The record itself is only read."))
register_due_source("record", _waiting, _place)
register_periodic("verify the record", _DAY, _verify)
register_periodic("anchor the record", 60, _anchor)
