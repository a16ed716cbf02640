"""Starting an export and handing it over. Both are recorded."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.exceptions import Fault, InvalidInput, NotFound
from reporting import actions
from reporting.exports.base import all_exports
from reporting.exports.links import path_of, read_link
from workflows.selectors import work_for
from workflows.services import start_work


@transaction.atomic
def start_export(*, code: str, format: str, first: date, last: date, by: Actor) -> Any:
    """Has a worker make an export of a period. Side effects: the work, an audit entry. Raises InvalidInput."""
    export = all_exports().get(code)
    if export is None or format not in export.formats:
        raise InvalidInput("There is no such export.", [Fault("/format", "is not possible")])
    if first > last:
        raise InvalidInput("The period ends before it begins.", [Fault("/last", "is before the first day")])
    inputs: dict[str, object] = {"code": code, "format": format, "first": first.isoformat(), "last": last.isoformat()}
    work = start_work(kind="export", title=f"Export: {export.title}", inputs=inputs, by=by)
    record(actions.EXPORT_STARTED, by=by, object_type="work", object_id=work.pk, stream="exports", after=inputs)
    return work


@transaction.atomic
def fetch_export(*, token: str, principal: Any, by: Actor) -> tuple[Path, str]:
    """The file of a link and what to call it, for whoever started it. Side effects: an audit entry.

    Raises NotFound for a link that has expired, that is somebody else's, or whose file is gone.
    """
    work_id, filename = read_link(token)
    work = work_for(principal, work_id)
    path = path_of(work_id, filename.rpartition(".")[2])
    if work.started_by_key != by.id or not path.is_file():
        raise NotFound("This file is gone, or it is somebody else's. Make the export again.")
    record(
        actions.EXPORT_FETCHED, by=by, object_type="work", object_id=work_id, stream="exports", after={"file": filename}
    )
    return path, filename
