"""Writing snapshots: months with new rows grow, months that differ from the database are written anew. Loads Polars."""

import fcntl
import hashlib
import io
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from core.clock import now
from core.placing import place_file
from monitoring.domains import domain_of
from monitoring.rules.evaluator import in_order, schema_of
from monitoring.snapshots.manifest import Manifest, Part, bound_of, read_manifest, sweep, write_manifest
from monitoring.snapshots.sources import Source, folder_of, source_of, stored_domains
from monitoring.stored import frame_of_rows

# An id is made before its transaction is committed: rows younger than this may still appear below another's id.
SETTLED = timedelta(minutes=15)
COMPARED_EVERY = 86_400.0
_CHUNK = 50_000
Progress = Callable[[Iterable[Any], int], Iterable[Any]]


def _unseen(items: Iterable[Any], total: int) -> Iterable[Any]:
    return items


def update_all() -> None:
    """Brings every stored domain's snapshot up to date; nothing where another process of this machine is at it."""
    for domain in stored_domains():
        update_snapshot(domain)


def update_snapshot(domain: str, *, until: datetime | None = None, on_progress: Progress = _unseen) -> Manifest | None:
    """Adds the rows made since the last time, up to `until` (by default those old enough to be settled).

    Once a day the counts are compared with the database, and months that differ are written anew. Side effects: files
    under the data folder. Interrupted, it leaves the snapshot as it was. None where another process is at it.
    """
    source, folder = source_of(domain), folder_of(domain)
    with _alone(folder) as is_mine:
        if not is_mine:
            return None
        manifest = read_manifest(folder, source.columns)
        bound = max(bound_of(until or now() - SETTLED), manifest.through)
        fresh = source.rows().filter(pk__gte=manifest.through, pk__lt=bound)
        changed: dict[str, Part | None] = {}
        months = source.months(fresh)
        for month in on_progress(sorted(months), len(months)):
            rows = [_frame(domain, source, source.of_month(fresh, month))]
            known = manifest.months.get(month)
            if known:
                rows.append(pl.read_parquet(folder / known.file))
            changed[month] = _written(folder, domain, month, pl.concat(rows))
        manifest = manifest.with_months(changed, through=bound)
        if time.time() - manifest.compared_at > COMPARED_EVERY:
            manifest = _compared(folder, domain, manifest)
        write_manifest(folder, manifest)
        sweep(folder, manifest)
        return manifest


def compare_snapshot(domain: str) -> Manifest | None:
    """As `update_snapshot`, comparing the counts with the database now: months with rows that left or came back."""
    source, folder = source_of(domain), folder_of(domain)
    with _alone(folder) as is_mine:
        if is_mine:
            write_manifest(folder, replace(read_manifest(folder, source.columns), compared_at=0.0))
    return update_snapshot(domain) if is_mine else None


def rebuild_snapshot(domain: str, *, until: datetime | None = None, on_progress: Progress = _unseen) -> Manifest | None:
    """Writes the whole snapshot anew from the database; otherwise as `update_snapshot`."""
    source, folder = source_of(domain), folder_of(domain)
    with _alone(folder) as is_mine:
        if is_mine:
            write_manifest(folder, Manifest(tuple(source.columns), compared_at=time.time()))
    return update_snapshot(domain, until=until, on_progress=on_progress) if is_mine else None


def differing_months(domain: str) -> list[str]:
    """Months whose file is missing, was changed, or does not have as many rows as the database."""
    source, folder = source_of(domain), folder_of(domain)
    manifest = read_manifest(folder, source.columns)
    stored = source.months(source.rows().filter(pk__lt=manifest.through))
    return [
        month
        for month in sorted(stored.keys() | manifest.months.keys())
        if not _is_whole(folder, manifest.months.get(month), stored.get(month, 0))
    ]


def _is_whole(folder: Path, part: Part | None, rows: int) -> bool:
    if part is None or part.rows != rows:
        return part is None and not rows
    try:
        return hashlib.sha256((folder / part.file).read_bytes()).hexdigest() == part.sha256
    except FileNotFoundError:
        return False


def _compared(folder: Path, domain: str, manifest: Manifest) -> Manifest:
    """The manifest with every month that differs from the database written anew, or gone with its rows."""
    source = source_of(domain)
    settled = source.rows().filter(pk__lt=manifest.through)
    stored = source.months(settled)
    changed: dict[str, Part | None] = {}
    for month in sorted(stored.keys() | manifest.months.keys()):
        if not _is_whole(folder, manifest.months.get(month), stored.get(month, 0)):
            rows = _frame(domain, source, source.of_month(settled, month))
            changed[month] = _written(folder, domain, month, rows) if len(rows) else None
    return manifest.with_months(changed, compared_at=time.time())


def _frame(domain: str, source: Source, rows: Any) -> pl.DataFrame:
    """The rows of the database in chunks, so that a month never lies in memory as Python objects."""
    told, names = domain_of(domain), list(source.columns)
    values = rows.values_list(*source.columns.values()).iterator(chunk_size=_CHUNK)
    parts = [frame_of_rows(told, names, chunk).select(names) for chunk in _chunks(values)]
    kinds = {name: kind for name, kind in schema_of(told).items() if name in names}
    return pl.concat([pl.DataFrame(schema=kinds).select(names), *parts])


def _chunks(values: Iterator[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in values:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _written(folder: Path, domain: str, month: str, rows: pl.DataFrame) -> Part:
    """The rows as a file whose name says what is in it, so that no file is ever changed."""
    buffer = io.BytesIO()
    in_order(rows, domain_of(domain)).write_parquet(buffer, compression="zstd", statistics=True)
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    name = f"{month}.{digest[:16]}.parquet"
    place_file(folder / name, [content])
    return Part(name, len(rows), len(content), digest)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether this process alone may write here. The lock ends with the process, however it ends."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
