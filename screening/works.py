"""What of screening outgrows a request."""

from pathlib import Path

from django.urls import reverse

from screening.enums import ListState
from screening.services import import_list
from screening.uploads import unpacked
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work


def import_upload(context: WorkContext, progress: Progress) -> WorkResult:
    """Imports an uploaded list and activates it where nothing speaks against it."""
    told = {name: str(value) for name, value in context.inputs.items()}
    with unpacked(Path(str(context.path))) as path:
        progress.report(0, None, "reading and comparing")
        version = import_list(path=path, by=context.by, format=told["format"], name=told.get("name", ""),
                              kind=told.get("kind", ""), source=told.get("file", ""))  # fmt: skip
    counts: dict[str, object] = {
        "entries": version.entry_count,
        "version": version.number,
        "active": version.state == ListState.ACTIVE,
    }
    return WorkResult(counts, reverse("screening:version_detail", args=[version.pk]))


register_work(WorkKind("list import", import_upload, "Nothing of the new list is kept unless it was stored already."))
