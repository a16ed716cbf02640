"""Files: uploaded and looked at, their columns mapped, then taken in by a worker."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from accounts.selectors import person_for_actor
from audit.services import record
from core.actor import Actor
from core.ahead import made_ahead
from core.clock import now
from core.exceptions import Conflict, Fault, InvalidInput
from core.ids import new_id
from monitoring import actions
from monitoring.deliveries import DeliveredRow
from monitoring.enums import ImportState
from monitoring.files.mapping import FileMapping, MappingInvalid
from monitoring.intake.files import header_of, rows_of
from monitoring.intake.formats import format_of, formats
from monitoring.intake.mapped import as_data, mapping_of_data
from monitoring.intake.targets import TARGETS, recognised
from monitoring.models import ColumnMapping, FileImport, Ingest
from monitoring.services.ingestion import FILED_PAYMENTS, FILED_TRANSACTIONS, PAYMENTS, TRANSACTIONS
from monitoring.services.processes import PROCESS_EVENTS
from monitoring.services.taking import Deliverable, RejectedRow, checked_rows, take_in, with_customers
from monitoring.services.wholesale import queue_delivery
from workflows.selectors import is_under_way
from workflows.services import start_work

SHOWN = 20
IMPORT = "file import"
_KEPT = timedelta(days=7)
_TAKEN_AS: dict[str, Deliverable] = {
    "transactions": TRANSACTIONS,
    "payments": PAYMENTS,
    "process_events": PROCESS_EVENTS,
}
_FILED = {"transactions": FILED_TRANSACTIONS, "payments": FILED_PAYMENTS}


@dataclass(frozen=True)
class PreviewCell:
    """A cell as it will be understood: what it says and what is wrong with it."""

    text: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class PreviewRow:
    """A row of the preview; `faults` are of no single cell of it."""

    line: int
    cells: tuple[PreviewCell, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Preview:
    """The first rows of a file as they will be understood. `columns` are the cells that any of them has."""

    columns: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    bad: int


def folder_of(item_id: UUID) -> Path:
    """Where an upload lies until it is taken in or dropped."""
    return Path(settings.DATA_DIR) / "imports" / str(item_id)


@transaction.atomic
def open_import(*, file: "File[Any]", name: str, customer_external_id: str, by: Actor) -> FileImport:
    """Keeps an uploaded file and recognises what it is.

    Side effects: the file below the data folder, the row, an audit entry. Raises InvalidInput for a file of no known
    format, NotAPerson for a program.
    """
    person, pk = person_for_actor(by), new_id()
    path = folder_of(pk) / "upload"
    path.parent.mkdir(mode=0o700, parents=True)
    with path.open("wb") as stream:
        for chunk in file.chunks():
            stream.write(chunk)
    try:
        format = format_of(path, name)
        target, mapping = recognised(header_of(path, format.code)) if format.is_table else (format.target, None)
    except InvalidInput:
        shutil.rmtree(path.parent)
        raise
    item = FileImport.objects.create(
        pk=pk, file_name=name[:200], size=path.stat().st_size, path=str(path.relative_to(settings.DATA_DIR)),
        format=format.code, target=target, mapping=as_data(mapping) if mapping else None,
        customer_external_id=customer_external_id, uploaded_by=person,
    )  # fmt: skip
    _record(actions.FILE_UPLOADED, item, by)
    return item


@transaction.atomic
def remap_import(
    *,
    import_id: UUID,
    target: str,
    mapping: Mapping[str, Any],
    customer_external_id: str,
    by: Actor,
    operator_id: str = "",
) -> FileImport:
    """Has the columns of a file that is looked at mean something else.

    Side effects: the row. Raises InvalidInput for a mapping that does not fit, Conflict where it is taken in already.
    """
    person_for_actor(by)
    item = _looked_at(import_id)
    if item.mapping is not None:
        try:
            item.target, item.mapping = target, as_data(mapping_of_data(mapping, TARGETS[target]))
        except (MappingInvalid, KeyError) as error:
            raise InvalidInput("The mapping does not fit.", [Fault("/mapping", str(error))]) from error
    item.customer_external_id, item.operator_id = customer_external_id, operator_id
    item.save(update_fields=["target", "mapping", "customer_external_id", "operator_id"])
    return item


@transaction.atomic
def save_mapping(*, import_id: UUID, name: str, by: Actor) -> ColumnMapping:
    """Saves the mapping of a file under a name, as its next version. Side effects: the row, an audit entry."""
    person = person_for_actor(by)
    item = FileImport.objects.get(pk=import_id)
    if item.mapping is None:
        raise InvalidInput("Only a table has a mapping.", [Fault("/name", "a message has none")])
    newest = ColumnMapping.objects.filter(name=name).aggregate(number=Max("number"))["number"] or 0
    saved = ColumnMapping.objects.create(
        name=name, number=newest + 1, target=item.target, definition={**item.mapping, "name": name}, saved_by=person
    )
    after = {"name": name, "number": saved.number}
    record(actions.MAPPING_SAVED, by=by, object_type="mapping", object_id=saved.pk, stream="config", after=after)
    return saved


@transaction.atomic
def start_import(*, import_id: UUID, by: Actor) -> FileImport:
    """Has a worker take the file in. Side effects: the row, the long work, an audit entry.

    Raises Conflict where it is under way or done.
    """
    person_for_actor(by)
    item = _looked_at(import_id)
    work = start_work(kind=IMPORT, title=f"Import of {item.file_name}", by=by, inputs={"import_id": str(item.pk)})
    item.state, item.work_id = ImportState.WAITING, work.pk
    item.save(update_fields=["state", "work_id"])
    _record(actions.FILE_IMPORT_STARTED, item, by)
    return item


@transaction.atomic
def drop_import(*, import_id: UUID, by: Actor) -> None:
    """Forgets a file that was only looked at. Side effects: the file removed, the row, an audit entry."""
    item = _looked_at(import_id)
    _end(item, ImportState.DROPPED)
    _record(actions.FILE_DROPPED, item, by)


@transaction.atomic
def begin_import(*, import_id: UUID, by: Actor) -> tuple[FileImport, bool]:
    """A worker takes the file up, and whether an earlier try was broken off: what that rejected is counted anew.

    Side effects: the delivery, its rejected lines removed.
    """
    item = FileImport.objects.select_for_update().get(pk=import_id)
    if item.ingest is None:
        kind, source = TARGETS[item.target].kind, f"file, {formats()[item.format].title}"
        item.ingest = Ingest.objects.create(kind=kind, source=source[:60], delivered_by=by.name)
    item.ingest.rejected_lines.all().delete()
    Ingest.objects.filter(pk=item.ingest.pk).update(rejected_count=0, rejected=[], duplicates=0)
    item.ingest.rejected = []
    is_again = item.state == ImportState.RUNNING
    item.state, item.rows_read = ImportState.RUNNING, 0
    item.save(update_fields=["ingest", "state", "rows_read"])
    return item, is_again


@transaction.atomic
def take_batch(*, item: FileImport, rows: list[DeliveredRow], by: Actor, is_filed: bool = False) -> None:
    """Takes in some rows of the file; `is_filed`: they are assessed when all of it is there (`assess_delivery`).

    Side effects: those of `take_in`, the number of rows read.
    """
    deliverable = _TAKEN_AS[item.target]
    if is_filed:
        deliverable = _FILED.get(item.target, deliverable)
    take_in(deliverable, rows, source=item.ingest.source if item.ingest else "", by=by, ingest=item.ingest)
    item.rows_read += len(rows)
    item.save(update_fields=["rows_read"])


def takes_tables(item: FileImport) -> bool:
    """Whether the file's rows can be taken in by column: a table of transactions or payments."""
    return item.mapping is not None and item.target in _FILED


def take_tables(*, item: FileImport, by: Actor) -> Iterator[None]:
    """Takes in a file by column, some rows each time it is asked; they are assessed when all of it is there.

    Side effects: for each table those of `take_table`, the number of rows read. Raises InvalidInput for a broken file.
    """
    tables: Any = import_module("monitoring.intake.tables")  # Polars is loaded by workers only
    reading: Any = import_module("monitoring.intake.bycolumn")
    taking: Any = import_module("monitoring.services.taking_tables")
    reader = reading.ColumnReader(_mapping(item), TARGETS[item.target], item.customer_external_id)
    owners: dict[str, Any] = {}
    given = map(reader.read, tables.tables_of(Path(settings.DATA_DIR) / item.path, item.format))
    for read in made_ahead(given):  # the next is read while the database takes this one
        with transaction.atomic():
            taking.take_table(_FILED[item.target], read, by=by, ingest=item.ingest, owners=owners)
            item.rows_read += len(read.table.lines) + len(read.table.odd)
            item.save(update_fields=["rows_read"])
        yield


@transaction.atomic
def finish_import(*, import_id: UUID) -> FileImport:
    """All of the file was read. Side effects: the file removed, the row."""
    item = FileImport.objects.select_related("ingest").get(pk=import_id)
    _end(item, ImportState.DONE)
    return item


@transaction.atomic
def leave_import(*, item: FileImport, by: Actor) -> None:
    """The file is not taken in any further: the queue assesses what it brought. Side effects: those of `queue_delivery`,
    the file removed, the row."""
    if item.ingest is not None:
        queue_delivery(ingest=item.ingest, by=by)
    _end(item, ImportState.DROPPED)


def settle_left_imports() -> None:
    """Leaves files whose work has ended before they were taken in, where that could not be done at once. A periodic task."""
    for item in FileImport.objects.filter(state=ImportState.RUNNING).select_related("ingest", "uploaded_by"):
        if item.work_id is None or not is_under_way(item.work_id):
            leave_import(item=item, by=item.uploaded_by.actor)


def drop_stale_imports() -> None:
    """Forgets files that nobody took in for a week."""
    stale = FileImport.objects.exclude(path="").filter(created_at__lt=now() - _KEPT)
    for item in stale:
        _end(item, ImportState.DROPPED)


def import_rows(item: FileImport) -> Iterator[DeliveredRow]:
    """The rows of an uploaded file as it is mapped now; raises InvalidInput for a broken file."""
    known = {"customer_external_id": item.customer_external_id, "operator_id": item.operator_id}
    given = {name: value for name, value in known.items() if value}
    return rows_of(Path(settings.DATA_DIR) / item.path, item.format, item.target, _mapping(item), given)


def preview_of(item: FileImport) -> Preview:
    """The first rows as they will be understood, checked as they will be: also whether their customers are known."""
    rows = list(islice(import_rows(item), SHOWN))
    deliverable, rejected = _TAKEN_AS[item.target], list[RejectedRow]()
    with_customers(deliverable, checked_rows(deliverable.shape, rows, rejected), None, rejected)
    faults: dict[int, list[Fault]] = {}
    for bad in rejected:
        faults.setdefault(bad.line, []).extend(bad.faults)
    given = {name for row in rows for name in row.values} | {
        fault.pointer.strip("/") for found in faults.values() for fault in found
    }
    columns = tuple(name for name in deliverable.shape.cells if name in given)
    shown = tuple(_shown(row, columns, faults.get(row.line, [])) for row in rows)
    return Preview(columns, shown, len(faults))


def _shown(row: DeliveredRow, columns: tuple[str, ...], faults: list[Fault]) -> PreviewRow:
    by_cell: dict[str, list[Fault]] = {}
    for fault in faults:
        by_cell.setdefault(fault.pointer.strip("/"), []).append(fault)
    cells = tuple(PreviewCell(str(row.values.get(name, "")), tuple(by_cell.pop(name, []))) for name in columns)
    return PreviewRow(row.line, cells, tuple(fault for found in by_cell.values() for fault in found))


def _mapping(item: FileImport) -> FileMapping | None:
    return mapping_of_data(item.mapping, TARGETS[item.target]) if item.mapping is not None else None


def _looked_at(import_id: UUID) -> FileImport:
    item = FileImport.objects.select_for_update().get(pk=import_id)
    if item.state != ImportState.LOOKED_AT:
        raise Conflict("This file is taken in already, or forgotten.")
    return item


def _end(item: FileImport, state: ImportState) -> None:
    item.state, item.path = state, ""
    item.save(update_fields=["state", "path"])
    folder = folder_of(item.pk)
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _record(action: Any, item: FileImport, by: Actor) -> None:
    after = {"format": item.format, "target": item.target, "size": item.size}
    record(action, by=by, object_type="file_import", object_id=item.pk, stream="imports", after=after)
