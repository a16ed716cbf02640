"""Rows of a table as rows of a target: columns taken, joined, renamed, times read in the file's own form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from core.exceptions import Fault
from monitoring.deliveries import DeliveredRow
from monitoring.files.mapping import FileMapping, Source, mapping_from
from monitoring.intake.targets import Target

_PER_DAY = {"hours": 24, "days": 1}
Getter = Callable[[Mapping[str, Any]], Any]


def mapped(rows: Iterator[DeliveredRow], mapping: FileMapping, target: Target) -> Iterator[DeliveredRow]:
    """The rows as cells of the target. A row without an id gets one that the same row has in the same file again."""
    getters = {name: _getter(source) for name, source in mapping.columns.items()}
    renamed = {name: dict(values) for name, values in mapping.values.items()}
    seen: dict[int, int] = {}
    for row in rows:
        values: dict[str, Any] = dict(mapping.constants)
        faults = list(row.faults)
        for name, getter in [] if faults else getters.items():
            try:
                value = getter(row.values)
            except (ValueError, OverflowError):
                faults.append(Fault(f"/{name}", "is no time in the form that the mapping says", "another form"))
                continue
            if value is not None and value != "":
                values[name] = renamed.get(name, {}).get(value, value)
        if not values.get(target.id_cell) and not faults:
            values[target.id_cell] = _named(row.values, seen)
        yield replace(row, values=values, faults=tuple(faults))


def _named(values: Mapping[str, Any], seen: dict[int, int]) -> str:
    """A digest of the row, and how often it came before: equal rows of a file are different events."""
    digest = blake2b("\x1f".join(map(str, values.values())).encode(), digest_size=8)
    number = int.from_bytes(digest.digest(), "big")
    seen[number] = seen.get(number, 0) + 1
    return f"{digest.hexdigest()}-{seen[number]}"


def _getter(source: Source) -> Getter:
    first = source.columns[0]
    if source.count:
        start = datetime.fromisoformat(source.since).replace(tzinfo=UTC)
        unit = _PER_DAY[source.count]
        return lambda row: _counted(row.get(first), start, unit)
    if source.format:
        return lambda row: _moment(_joined(row, source), source.format)
    if len(source.columns) == 1:
        return lambda row: row.get(first)
    return lambda row: _joined(row, source)


def _joined(row: Mapping[str, Any], source: Source) -> str:
    parts = [str(row.get(name) or "").strip() for name in source.columns]
    return source.join.join(parts) if any(parts) else ""


def _counted(value: Any, start: datetime, unit: int) -> datetime | None:
    return None if value in {None, ""} else start + timedelta(days=float(value) / unit)


@lru_cache(maxsize=65_536)
def _moment(text: str, form: str) -> datetime | None:
    return datetime.strptime(text, form).replace(tzinfo=UTC) if text else None


def as_data(mapping: FileMapping) -> dict[str, Any]:
    """The mapping as JSON; `mapping_of_data` reads it back."""
    told = asdict(mapping)
    columns = {name: {key: value for key, value in source.items() if value} for name, source in told["columns"].items()}
    return {"name": mapping.name, "columns": columns, "values": told["values"], "constants": told["constants"]}


def mapping_of_data(data: Mapping[str, Any], target: Target) -> FileMapping:
    """The mapping in JSON; raises MappingInvalid."""
    return mapping_from(data, target.shape.cells, target.title)
