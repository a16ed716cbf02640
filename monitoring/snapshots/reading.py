"""The rows of a domain and a span as one frame: from the snapshot, and what is newer from the database. Loads Polars."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import structlog

from monitoring.archive import files, table
from monitoring.domains import domain_of
from monitoring.domains.base import Domain
from monitoring.models import ArchivedMonth, Transaction
from monitoring.rules.evaluator import ID, in_order, schema_of
from monitoring.snapshots.completing import completed
from monitoring.snapshots.manifest import Manifest, Part, read_manifest
from monitoring.snapshots.sources import Source, folder_of, month_span, source_of
from monitoring.stored import frame_of_query

_log = structlog.get_logger(__name__)


def history_frame(
    domain: str, since: datetime, until: datetime | None = None, *, fields: Collection[str] | None = None
) -> pl.DataFrame:
    """Rows of every subject booked from `since` to before `until`, as the evaluator takes them (see `schema_of`), sorted.

    Of the fields only `fields` are read; the others are there and empty. Rows that the snapshot does not have yet come
    from the database, as do months whose file is missing or not whole, so the frame is always that of the database; rows
    that were archived come from the archive.
    Raises KeyError for a domain whose rows are not stored.
    """
    told, source, folder = domain_of(domain), source_of(domain), folder_of(domain)
    names = _wanted(told, source, fields)
    manifest = read_manifest(folder, source.columns)
    spans = {month: month_span(month) for month in manifest.months}
    touched = {month for month, (start, end) in spans.items() if end > since and (until is None or start < until)}
    whole = {month for month in touched if _is_there(folder, manifest.months[month])}
    kept = [_of_file(folder / manifest.months[month].file, told, names, since, until) for month in sorted(whole)]
    frames = [*kept, *_of_database(told, source, names, manifest, touched - whole, since, until)]
    rows = pl.concat([pl.DataFrame(schema={name: schema_of(told)[name] for name in names}), *frames])
    if archived := list(_of_archive(told, source, names, since, until)):
        rows = pl.concat([rows, *archived]).unique(ID, keep="first")  # a snapshot may still have what was just archived
    absent = [pl.lit(None, kind).alias(name) for name, kind in schema_of(told).items() if name not in names]
    return in_order(completed(rows.with_columns(absent).select(*schema_of(told)), told), told)


def _wanted(domain: Domain, source: Source, fields: Collection[str] | None) -> list[str]:
    always = {ID, domain.subject, domain.time}
    return [name for name in source.columns if fields is None or domain.owner or name in always or name in fields]


def _is_there(folder: Path, part: Part) -> bool:
    path = folder / part.file
    is_whole = path.exists() and path.stat().st_size == part.size
    if not is_whole:
        _log.warning("snapshot_file_not_whole", file=part.file)
    return is_whole


def _of_file(path: Path, domain: Domain, names: list[str], since: datetime, until: datetime | None) -> pl.DataFrame:
    within = pl.col(domain.time) >= since
    if until is not None:
        within &= pl.col(domain.time) < until
    return pl.scan_parquet(path).select(names).filter(within).collect()


def _of_database(
    domain: Domain, source: Source, names: list[str], manifest: Manifest, missing: set[str], since: datetime,
    until: datetime | None,
) -> list[pl.DataFrame]:  # fmt: skip
    within: dict[str, Any] = {f"{source.time}__gte": since}
    if until is not None:
        within[f"{source.time}__lt"] = until
    rows = source.rows().filter(**within)
    settled = rows.filter(pk__lt=manifest.through)
    queries = [rows.filter(pk__gte=manifest.through), *(source.of_month(settled, month) for month in sorted(missing))]
    columns = [source.columns[name] for name in names]
    return [frame_of_query(domain, names, query.values_list(*columns)) for query in queries]


def _of_archive(
    domain: Domain, source: Source, names: list[str], since: datetime, until: datetime | None
) -> Iterator[pl.DataFrame]:
    if source.model is not Transaction:
        return
    within = pl.col(domain.time) >= since
    if until is not None:
        within &= pl.col(domain.time) < until
    columns = {name: source.columns[name] for name in names}
    for row in ArchivedMonth.objects.exclude(file=""):
        start, end = month_span(row.month)
        if end > since and (until is None or start < until):
            frame = table.read(files.get(row.file, row.sha256))
            yield table.as_rule_rows(frame, domain, columns).filter(within)
