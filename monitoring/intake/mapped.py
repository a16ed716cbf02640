"""Rows of a table as rows of a target: columns taken, joined, renamed, times read in the file's own form."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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


class Mapper:
    """Takes the cells of a target out of a file's rows, in their order."""

    def __init__(self, mapping: FileMapping, target: Target) -> None:
        self.getters = {name: getter_of(source) for name, source in mapping.columns.items()}
        self.renamed = {name: dict(values) for name, values in mapping.values.items()}
        self.mapping, self._id_cell = mapping, target.id_cell
        self._seen: dict[int, int] = {}

    def row(self, row: DeliveredRow) -> DeliveredRow:
        """The row as cells. Without an id it gets one that the same row has in the same file again."""
        told = self.cells(row)
        if told.values.get(self._id_cell) or told.faults:
            return told
        return replace(told, values={**told.values, self._id_cell: self.named(row.values.values())})

    def cells(self, row: DeliveredRow) -> DeliveredRow:
        """The row as the cells that it has; one that is refused already stays as it came."""
        if row.faults:
            return row
        values: dict[str, Any] = dict(self.mapping.constants)
        faults: list[Fault] = []
        for name, getter in self.getters.items():
            try:
                value = getter(row.values)
            except (ValueError, OverflowError):
                faults.append(Fault(f"/{name}", "is no time in the form that the mapping says", "another form"))
                continue
            if value is not None and value != "":
                values[name] = self.renamed.get(name, {}).get(value, value)
        return replace(row, values=values, faults=tuple(faults))

    def named(self, values: Iterable[Any]) -> str:
        """A digest of the row, and how often it came before: equal rows of a file are different events."""
        digest = blake2b("\x1f".join(map(str, values)).encode(), digest_size=8)
        number = int.from_bytes(digest.digest(), "big")
        self._seen[number] = self._seen.get(number, 0) + 1
        return f"{digest.hexdigest()}-{self._seen[number]}"


def mapped(rows: Iterator[DeliveredRow], mapping: FileMapping, target: Target) -> Iterator[DeliveredRow]:
    """The rows as cells of the target. A row without an id gets one that the same row has in the same file again."""
    mapper = Mapper(mapping, target)
    for row in rows:
        yield mapper.row(row)


def getter_of(source: Source) -> Getter:
    """What takes a cell out of a row; ValueError or OverflowError where its time is not in the mapping's form."""
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
