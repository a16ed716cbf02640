"""Reading a file of events: CSV (comma, semicolon or tab, also .gz) or Parquet, to the typed columns of a domain."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from monitoring.domains.base import Column, Domain, Kind
from monitoring.files.mapping import FileMapping, MappingInvalid, Source, recognised

LINE = "_line"
_DTYPES: dict[Kind, Any] = {
    Kind.TEXT: pl.String, Kind.NUMBER: pl.Float64, Kind.MONEY: pl.Float64, Kind.TIME: pl.Datetime("us", "UTC"),
}  # fmt: skip
_TIME_FORMATS = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d",
                 "%Y/%m/%d %H:%M:%S%.f", "%Y/%m/%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y")  # fmt: skip
_PER_DAY = {"hours": 24, "days": 1}
STEPS_SINCE = "2017-01-01"
_DAY, _MOST_STEPS, _LEAST_SECONDS, _LEAST_MILLIS = 86_400_000_000, 100_000, 100_000_000, 100_000_000_000


@dataclass(frozen=True)
class Events:
    """The good lines of a file, typed, with their line; and the others with the reason. `format` is how it was read."""

    frame: pl.DataFrame
    rejected: list[tuple[int, str]]
    format: str
    absent: tuple[str, ...]


def read_events(path: Path, domain: Domain, mapping: FileMapping | None = None) -> Events:
    """The events of a file; raises MappingInvalid where its columns do not fit, OSError where it cannot be read."""
    raw = read_table(path)
    used = mapping or recognised(raw.columns, domain)
    missing = sorted(used.needed - set(raw.columns))
    if missing:
        raise MappingInvalid(f"the file has no column {', '.join(missing)}")
    columns = domain.files.columns
    told = raw.with_row_index(LINE, offset=2).select(
        LINE, *(_column(name, column, used, raw).alias(name) for name, column in columns.items())
    )
    given = {name: name in used.columns or name in used.constants for name in columns}
    rejected = _rejected(told, raw, domain, used)
    bad = {line for line, _ in rejected}
    good = told.filter(~pl.col(LINE).is_in(list(bad))) if bad else told
    return Events(good, rejected, used.name or domain.code, tuple(name for name, there in given.items() if not there))


def read_table(path: Path) -> pl.DataFrame:
    """A table as it is in a file; CSV as texts, empty cells missing."""
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as stream:
        content = stream.read()
    first = content[: content.find(b"\n") if b"\n" in content else len(content)]
    separator = max(",;\t", key=lambda sign: first.count(sign.encode()))
    frame = pl.read_csv(
        content, separator=separator, infer_schema=False, truncate_ragged_lines=True,
        encoding="utf8-lossy",
    )  # fmt: skip
    return frame.rename({name: name.strip().lstrip("\ufeff") for name in frame.columns})


def _column(name: str, column: Column, mapping: FileMapping, raw: pl.DataFrame) -> pl.Expr:
    if name not in mapping.columns:
        constant = mapping.constants.get(name)
        return pl.lit(constant, dtype=pl.String).cast(_DTYPES[column.kind], strict=False)
    source = mapping.columns[name]
    stored = raw.schema[source.columns[0]]
    text = (
        pl.col(source.columns[0]) if len(source.columns) == 1 else pl.concat_str(source.columns, separator=source.join)
    )
    if column.kind == Kind.TIME:
        return _moment(text, stored, source)
    if column.kind == Kind.TEXT:
        told = text.cast(pl.String).str.strip_chars()
        told = pl.when(told != "").then(told)
        return told.replace(mapping.values[name]) if name in mapping.values else told
    if stored.is_numeric():
        return text.cast(pl.Float64)
    if stored == pl.Boolean:
        return text.cast(pl.Float64)
    plain = text.str.strip_chars().str.to_lowercase().replace({"true": "1", "false": "0", "yes": "1", "no": "0"})
    number = plain.cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _moment(value: pl.Expr, stored: pl.DataType, source: Source) -> pl.Expr:
    if source.count:
        start = pl.lit(source.since).str.to_datetime("%Y-%m-%d", time_unit="us", time_zone="UTC")
        days = value.cast(pl.Float64, strict=False) / _PER_DAY[source.count]
        return start + pl.duration(microseconds=(days * 86_400_000_000).cast(pl.Int64))
    if stored.is_numeric():
        return _counted(value)
    if stored.is_temporal():
        moment = value.cast(pl.Datetime("us"), strict=False) if stored == pl.Date else value
        has_zone = isinstance(stored, pl.Datetime) and stored.time_zone
        return (moment.dt.convert_time_zone("UTC") if has_zone else moment.dt.replace_time_zone("UTC")).cast(
            _DTYPES[Kind.TIME]
        )
    text = value.str.strip_chars()
    if source.format:
        return text.str.to_datetime(source.format, time_unit="us", strict=False, ambiguous="null").dt.replace_time_zone(
            "UTC"
        )
    zoned = text.str.replace("Z$", "+00:00").str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", time_unit="us", strict=False)
    plain = [
        text.str.to_datetime(form, time_unit="us", strict=False).dt.replace_time_zone("UTC") for form in _TIME_FORMATS
    ]
    return pl.coalesce(zoned.dt.convert_time_zone("UTC"), *plain, _counted(text))


def _counted(text: pl.Expr) -> pl.Expr:
    """A time that is a number: seconds or milliseconds since 1970, or (small) a simulator's step, taken for a day."""
    number = text.cast(pl.Float64, strict=False)
    step = pl.lit(STEPS_SINCE).str.to_datetime("%Y-%m-%d", time_unit="us", time_zone="UTC")
    epoch = pl.when(number >= _LEAST_MILLIS).then(number * 1_000).otherwise(number * 1_000_000).cast(pl.Int64)
    return (
        pl.when(number.is_between(0, _MOST_STEPS)).then(step + pl.duration(microseconds=(number * _DAY).cast(pl.Int64)))
        .when(number >= _LEAST_SECONDS).then(epoch.cast(pl.Datetime("us")).dt.replace_time_zone("UTC"))
    )  # fmt: skip


def _rejected(told: pl.DataFrame, raw: pl.DataFrame, domain: Domain, mapping: FileMapping) -> list[tuple[int, str]]:
    """Lines that lack what is required, or have a value that is none of its type."""
    found: list[tuple[int, str]] = []
    for name, column in domain.files.columns.items():
        empty = told[name].is_null()
        if not empty.any():
            continue
        source = mapping.columns.get(name)
        written = raw[source.columns[0]].cast(pl.String) if source else None
        filled = (written.is_not_null() & (written.str.strip_chars() != "")) if written is not None else None
        if filled is not None and column.kind != Kind.TEXT and (empty & filled).any():
            lines = told.filter(empty & filled)[LINE].to_list()
            found += [(line, f"`{name}` is no {column.kind}") for line in lines]
            empty = empty & ~filled
        if column.required:
            found += [(line, f"`{name}` is missing") for line in told.filter(empty)[LINE].to_list()]
    return sorted(found)
