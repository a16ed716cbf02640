"""Starting, cancelling and settling long work (how to use it: `workflows.engine.long_work`)."""

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from audit.services import record
from core.actor import Actor
from core.clock import now
from core.exceptions import Conflict, NotFound
from core.ids import new_id
from core.words import said
from workflows import actions
from workflows.engine.due import wake
from workflows.engine.long_work import work_kind
from workflows.enums import WorkState
from workflows.models import LongWork
from workflows.signals import work_ended


@transaction.atomic
def start_work(
    *, kind: str, title: str, by: Actor, inputs: dict[str, object] | None = None, file: "File[Any] | None" = None
) -> LongWork:
    """Has a worker do what is registered as `kind`. `title` is what the list of work calls it: no personal data.

    Side effects: the file kept under the data folder until the work ends, the row, an audit entry; after the commit
    the workers are woken. Raises NotFound for an unknown kind.
    """
    if work_kind(kind) is None:
        raise NotFound(said("There is no long work called {kind}.", kind=kind))
    work_id = new_id()
    work = LongWork.objects.create(
        pk=work_id, kind=kind, title=title[:160], inputs=inputs or {}, path=_kept(work_id, file) if file else "",
        started_by={"kind": by.kind, "id": by.id, "name": by.name}, started_by_key=by.id,
    )  # fmt: skip
    record(actions.WORK_STARTED, by=by, object_type="work", object_id=work.pk, after={"kind": kind})
    transaction.on_commit(wake)
    return work


def _kept(work_id: UUID, file: "File[Any]") -> str:
    folder = settings.DATA_DIR / "work" / str(work_id)
    folder.mkdir(mode=0o700, parents=True)
    with (folder / "upload").open("wb") as stream:
        for chunk in file.chunks():
            stream.write(chunk)
    return f"work/{work_id}/upload"


def path_of(work: LongWork) -> Path | None:
    """Where the work's file lies, or None."""
    return settings.DATA_DIR / work.path if work.path else None


@transaction.atomic
def cancel_work(*, work_id: UUID, by: Actor) -> LongWork:
    """Ends work that waits at once, and has work under way stop at its next report. Side effects: an audit entry.

    Raises Conflict where it has ended.
    """
    work = LongWork.objects.select_for_update().get(pk=work_id)
    if not work.is_open:
        raise Conflict("This has ended already.")
    record(actions.WORK_CANCELLED, by=by, object_type="work", object_id=work.pk, after={"kind": work.kind})
    if work.state == WorkState.PENDING:
        end_work(work, WorkState.CANCELLED)
    else:
        LongWork.objects.filter(pk=work.pk).update(cancel_requested=True)
    return work


@transaction.atomic
def end_work(work: LongWork, state: WorkState, **fields: Any) -> bool:
    """Settles the work; False where another worker has taken it over meanwhile, which then changes nothing.

    Side effects: the row, the file removed, an audit entry, `work_ended`.
    """
    mine = LongWork.objects.filter(pk=work.pk, attempt=work.attempt, state__in=[WorkState.PENDING, WorkState.RUNNING])
    if not mine.update(state=state, finished_at=now(), lease_until=None, path="", **fields):
        return False
    path = path_of(work)
    if path is not None:
        transaction.on_commit(lambda: shutil.rmtree(path.parent, ignore_errors=True))
    by = Actor(**work.started_by)
    record(actions.WORK_ENDED, by=by, object_type="work", object_id=work.pk, after={"kind": work.kind, "state": state})
    work_ended.send(LongWork, work_id=work.pk)
    return True
