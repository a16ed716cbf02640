"""Moving old months of transactions into sealed files, bringing them back, forgetting a customer in them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from core.actor import Actor, system_actor
from core.clock import today
from core.envelope import CannotOpen
from core.exceptions import Conflict, Fault, InvalidInput, NotFound
from core.words import said
from monitoring import actions
from monitoring.archive import files
from monitoring.models import ArchivedMonth, ArchivedShare, ArchivePolicy, Transaction
from monitoring.selectors.archive import LEAST_MONTHS, archive_policy, archived_months, leaving_rows, rows_of_month
from monitoring.services.storing import store_new

AT_HAND = timedelta(days=30)
_BATCH = 5000
_ERASER = system_actor("erasure")


@transaction.atomic
def publish_archive_policy(*, months: int | None, by: Actor) -> ArchivePolicy:
    """A new version, in force from now on; None archives nothing more.

    Side effects: the version, an audit entry. Raises InvalidInput for fewer months than rules and backtests look back to.
    """
    if months is not None and months < LEAST_MONTHS:
        told = said("at least {months}: backtests look back so far", months=LEAST_MONTHS)
        raise InvalidInput("Too few months.", [Fault("/months", told)])
    before = archive_policy()
    row = ArchivePolicy.objects.create(number=before.number + 1, months=months, published_by=by.name)
    record(
        actions.ARCHIVE_POLICY_PUBLISHED, by=by, object_type="archive_policy", object_id=row.pk, stream="config",
        before={"months": before.months}, after={"number": row.number, "months": months},
    )  # fmt: skip
    return row


@transaction.atomic
def archive_month(*, month: str, before: datetime, by: Actor) -> int:
    """Moves what may leave of a month into its file, beside what is there already; how many rows. For workers.

    Side effects, in order: the new file, the rows gone, the month's row and its shares, an audit entry; after the commit the
    former file goes. The rows and the file that takes their place change together or not at all.
    """
    table, row = _table(), _locked(month)
    fresh = table.frame_of(leaving_rows(month, before).values_list(*table.COLUMNS).iterator(chunk_size=_BATCH))
    added = len(fresh)
    _delete(fresh["id"].to_list())
    row.kept, row.at_hand_until = rows_of_month(month).count(), None
    if not added:
        row.save()
        return 0
    _replace(row, table.joined(_rows_of(row), fresh))
    told = {"month": month, "added": added, "rows": row.rows, "sha256": row.sha256, "file": row.file}
    _record(actions.MONTH_ARCHIVED, row, by, told)
    return added


@transaction.atomic
def bring_back(*, month: str, by: Actor, until: date | None = None) -> int:
    """Puts an archived month back into the database, where it stays until that day (a month by default); how many rows.

    Side effects: the rows, the month's row, an audit entry; after the commit the file goes. Raises NotFound, and Conflict
    where an id of the month is another transaction's by now. For workers.
    """
    table, row = _table(), _locked(month)
    if not row.file:
        raise NotFound(said("{month} is not archived.", month=month))
    rows, digest = row.rows, row.sha256
    for batch in table.objects_of(_rows_of(row)):
        made = {item.pk: item.created_at for item in batch}
        if len(store_new(Transaction, batch)) != len(batch):
            raise Conflict(said("{month} has a transaction whose id another one has by now.", month=month))
        _put_back_times([item for item in batch if item.created_at != made[item.pk]], made)
    row.at_hand_until, row.kept = until or today() + AT_HAND, rows_of_month(month).count()
    _replace(row, None)
    told = {"month": month, "rows": rows, "sha256": digest, "until": row.at_hand_until}
    _record(actions.MONTH_BROUGHT_BACK, row, by, told)
    return rows


@transaction.atomic
def forget_archived(*, customer_id: UUID) -> int:
    """Takes a customer's rows out of every file of the archive; how many.

    Side effects: files written anew, rows of months and shares, an audit entry a month; after the commit the former files.
    """
    months = list(ArchivedShare.objects.filter(customer=customer_id).values_list("month__month", flat=True))
    gone = 0
    for month in sorted(months):
        row = _locked(month)
        frame = _rows_of(row)
        left = _table().without(frame, customer_id)
        gone += len(frame) - len(left)
        _replace(row, left if len(left) else None)
        _record(actions.ARCHIVE_REWRITTEN, row, _ERASER, {"month": month, "rows": row.rows, "sha256": row.sha256})
    return gone


def damaged_months() -> list[str]:
    """Months whose file is missing or is not what its row says."""
    damaged = []
    for row in archived_months():
        try:
            files.get(row.file, row.sha256)
        except (FileNotFoundError, CannotOpen):
            damaged.append(row.month)
    return damaged


def sweep_archive() -> int:
    """Removes files that no month names, such as those of a transaction that never ended; how many."""
    return files.sweep(set(archived_months().values_list("file", flat=True)))


def _table() -> Any:
    return import_module("monitoring.archive.table")  # Polars is loaded where a file is read or written only


def _locked(month: str) -> ArchivedMonth:
    ArchivedMonth.objects.get_or_create(month=month)
    return ArchivedMonth.objects.select_for_update().get(month=month)


def _rows_of(row: ArchivedMonth) -> Any:
    table = _table()
    return table.read(files.get(row.file, row.sha256)) if row.file else table.frame_of(())


def _delete(keys: Sequence[str]) -> None:
    """Exactly these rows: nothing points at them, which the database holds against us at the commit."""
    for place in range(0, len(keys), _BATCH):
        some = Transaction.objects.filter(pk__in=keys[place : place + _BATCH])
        some._raw_delete(some.db)


def _put_back_times(stamped: list[Transaction], made: Mapping[UUID, datetime]) -> None:
    """When rows came to be, where storing them anew stamped them with today."""
    for item in stamped:
        item.created_at = made[item.pk]
    Transaction.objects.bulk_update(stamped, ["created_at"], batch_size=500)


def _replace(row: ArchivedMonth, frame: Any) -> None:
    """Gives the month another content (None: none); its former file goes when that is committed."""
    former = row.file
    row.shares.all().delete()
    row.file, row.rows, row.size, row.sha256 = "", 0, 0, ""
    if frame is not None:
        content = _table().as_bytes(frame)
        row.file, row.rows, row.sha256 = files.put(row.month, content), len(frame), files.digest_of(content)
        row.size = files.size_of(row.file)
    row.save()
    if frame is not None:
        store_new(ArchivedShare, [ArchivedShare(month=row, **share) for share in _table().shares_of(frame)])
    if former and former != row.file:
        transaction.on_commit(partial(files.remove, former))


def _record(action: Any, row: ArchivedMonth, by: Actor, told: dict[str, object]) -> None:
    record(action, by=by, object_type="archived_month", object_id=row.pk, stream="transactions", after=told)
