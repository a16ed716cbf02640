"""Reading the rows of a table by column: what is surely good, with the very values that reading row by row gives.

Plain amounts, times and texts are read by expressions; of everything else each different value is read once by its cell. A row
with anything wrong is left to the reader of rows, which says what it is. Loads Polars; only workers do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

import polars as pl

from core.clock import now
from monitoring.deliveries import DeliveredRow
from monitoring.files.mapping import FileMapping, Source
from monitoring.intake.cells import CLOCKS_DIFFER, EARLIEST, MOST_DIGITS, Cell, CellFault
from monitoring.intake.mapped import Mapper
from monitoring.intake.shapes import Shape
from monitoring.intake.tables import Table
from monitoring.intake.targets import Target

ROW = "_row"
_TIME = pl.Datetime("us", "UTC")
_PLAIN_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|\+00:00)?$"
_PLAIN_FLOAT = r"^[0-9]{1,15}\.[0-9]{1,6}$"  # written alike by Python and by Polars
_CONTROL = r"[\x00-\x1f\x7f-\x9f]"


class _ByRow(Exception):
    """The columns hold values that only reading row by row understands."""


@dataclass(frozen=True)
class ReadTable:
    """`sure` are the good rows, by cell, each with its place in the table (ROW); `rest` the places of all others."""

    table: Table
    mapper: Mapper
    sure: pl.DataFrame
    rest: list[int]
    id_cell: str
    ids: Mapping[int, str] = field(default_factory=dict)
    customer: str = ""

    def row(self, place: int) -> DeliveredRow:
        """A row of the table as reading row by row gives it."""
        told = self.mapper.cells(self.table.row(place))
        if told.faults:
            return told
        named = {self.id_cell: self.ids[place]} if place in self.ids else {}
        whose = {"customer_external_id": self.customer} if self.customer else {}
        return DeliveredRow(told.line, {**whose, **told.values, **named})


class ColumnReader:
    """Reads one file's tables, in their order."""

    def __init__(self, mapping: FileMapping, target: Target, customer: str = "") -> None:
        self._mapper, self._target, self._customer = Mapper(mapping, target), target, customer

    def read(self, table: Table) -> ReadTable:
        """The rows of the table as cells of the target."""
        try:
            given, failed = self._given(table.frame)
            ids = self._ids(table.frame, given, failed)
        except _ByRow:
            return self._by_row(table)
        sure, good = _typed(self._target.shape, given, len(table.frame))
        good &= ~failed
        rest = (~good).arg_true().to_list()
        return ReadTable(
            table, self._mapper, sure.with_row_index(ROW).filter(good), rest, self._target.id_cell, ids, self._customer
        )

    def _by_row(self, table: Table) -> ReadTable:
        """Every row is left to the reader of rows, with the ids of those that have none."""
        ids: dict[int, str] = {}
        for place in range(len(table.frame)):
            row = table.row(place)
            told = self._mapper.cells(row)
            if not told.faults and not told.values.get(self._target.id_cell):
                ids[place] = self._mapper.named(row.values.values())
        nothing = pl.DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(self._target.shape.cells, pl.String)})
        places = list(range(len(table.frame)))
        return ReadTable(table, self._mapper, nothing, places, self._target.id_cell, ids, self._customer)

    def _given(self, frame: pl.DataFrame) -> tuple[dict[str, pl.Series], pl.Series]:
        """What the mapping gives of each cell, null where nothing, and where a time is not in its form."""
        given: dict[str, pl.Series] = {}
        failed = pl.Series([False] * len(frame), dtype=pl.Boolean)
        mapping = self._mapper.mapping
        for name, source in mapping.columns.items():
            values, wrong = self._taken(frame, name, source)
            renamed = self._mapper.renamed.get(name)
            if renamed:
                plain = all(isinstance(text, str) and text for pair in renamed.items() for text in pair)
                if not plain or values.dtype != pl.String or frame.schema.get(source.columns[0]) != pl.String:
                    raise _ByRow
                values = values.replace(renamed)
            given[name], failed = values, failed | wrong
        for name, value in mapping.constants.items():
            given[name] = self._filled(given.get(name), value, len(frame))
        if self._customer:
            whose = given.get("customer_external_id")
            given["customer_external_id"] = self._filled(whose, self._customer, len(frame))
        return given, failed

    @staticmethod
    def _filled(values: pl.Series | None, value: Any, rows: int) -> pl.Series:
        if not isinstance(value, str) or (values is not None and values.dtype != pl.String):
            raise _ByRow
        return pl.Series([value] * rows, dtype=pl.String) if values is None else values.fill_null(value)

    def _taken(self, frame: pl.DataFrame, name: str, source: Source) -> tuple[pl.Series, pl.Series]:
        fine = pl.Series([False] * len(frame), dtype=pl.Boolean)
        if not any(column in frame.columns for column in source.columns):
            return pl.Series([None] * len(frame), dtype=pl.String), fine
        if len(source.columns) == 1 and not source.format and not source.count:
            return _plain(frame[source.columns[0]]), fine
        there = [column for column in source.columns if column in frame.columns]
        rows = list(frame.select(there).iter_rows())
        told: dict[tuple[Any, ...], Any] = {}
        wrong: set[tuple[Any, ...]] = set()
        for row in dict.fromkeys(rows):
            try:
                value = self._mapper.getters[name](dict(zip(there, row, strict=True)))
                told[row] = value if value != "" else None
            except (ValueError, OverflowError):
                wrong.add(row)
        kind = _TIME if source.format or source.count else pl.String
        return (
            pl.Series([told.get(row) for row in rows], dtype=kind),
            pl.Series([row in wrong for row in rows], dtype=pl.Boolean),
        )

    def _ids(self, frame: pl.DataFrame, given: dict[str, pl.Series], failed: pl.Series) -> dict[int, str]:
        """Names the rows that have no id; the ids by place."""
        cell = self._target.id_cell
        values = given.get(cell, pl.Series([None] * len(frame), dtype=pl.String))
        if values.dtype != pl.String:
            raise _ByRow
        nameless = (values.is_null() & ~failed).arg_true().to_list()
        rows = frame.rows() if nameless else []
        ids = {place: self._mapper.named(rows[place]) for place in nameless}
        if ids:
            given[cell] = values.scatter(list(ids), list(ids.values()))
        return ids


def _plain(values: pl.Series) -> pl.Series:
    """A column as texts or times, null where it has nothing."""
    kind = values.dtype
    if kind == pl.String:
        return values.set(values == "", None)
    if kind.is_integer():
        return values.cast(pl.String)
    if kind in {pl.Float32, pl.Float64}:
        told = values.cast(pl.Float64).cast(pl.String)
        if kind == pl.Float32 or not told.str.contains(_PLAIN_FLOAT).fill_null(value=True).all():
            raise _ByRow
        return told
    if isinstance(kind, pl.Datetime) and kind.time_unit != "ns":
        aware = values.dt.replace_time_zone("UTC") if kind.time_zone is None else values.dt.convert_time_zone("UTC")
        return aware.cast(_TIME)
    if kind == pl.Null:
        return values.cast(pl.String)
    raise _ByRow


def _typed(shape: Shape, given: Mapping[str, pl.Series], rows: int) -> tuple[pl.DataFrame, pl.Series]:
    """Every cell of the shape with its typed values (amounts as text), and which rows are good in all of them."""
    typed: dict[str, pl.Series] = {}
    good = [pl.Series([True] * rows, dtype=pl.Boolean)]
    for name, cell in shape.cells.items():
        values = given.get(name, pl.Series([None] * rows, dtype=pl.String))
        told = _read(cell, values)
        is_missing = values.is_null()
        good.append(~is_missing & told.is_not_null() if cell.required else is_missing | told.is_not_null())
        typed[name] = told if cell.empty is None else told.fill_null(cell.empty) if told.dtype == pl.String else told
    for group in shape.one_of:
        there = [typed[name] != "" if typed[name].dtype == pl.String else typed[name].is_not_null() for name in group]
        good.append(reduce(lambda one, other: one | other, there))
    return pl.DataFrame(typed), reduce(and_, good)


def _read(cell: Cell, values: pl.Series) -> pl.Series:
    """The typed values; null where there is none, or none that is sure to be good."""
    if values.dtype != pl.String:
        return _past(values) if cell.kind == "time" else pl.Series([None] * len(values), dtype=pl.String)
    told = _at_once(cell, values)
    left = values.filter(told.is_null() & values.is_not_null()).unique()
    if left.is_empty():
        return told
    read = {}
    for value in left:
        try:
            read[value] = cell.read(value) if cell.kind == "time" else str(cell.read(value))
        except CellFault:
            continue
    return told.fill_null(values.replace_strict(read, default=None, return_dtype=told.dtype)) if read else told


def _at_once(cell: Cell, values: pl.Series) -> pl.Series:
    """The typed values of those that are plain."""
    nothing = pl.Series([None] * len(values), dtype=_TIME if cell.kind == "time" else pl.String)
    if cell.kind == "time":
        plain = values.set(~values.str.contains(_PLAIN_TIME), None).str.slice(0, 19).str.replace("T", " ", literal=True)
        return _past(
            plain.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us").dt.replace_time_zone("UTC")
        )
    if cell.kind == "money":
        form = rf"^[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{cell.decimals}}})?$"
        return values.set(~(values.str.contains(form) & values.str.contains("[1-9]")), None)
    if cell.longest:
        plain = ~values.str.contains(_CONTROL) & (values.str.len_chars() <= cell.longest)
        return values.set(~(plain & (values == values.str.strip_chars())), None)
    return nothing


def _past(times: pl.Series) -> pl.Series:
    """The times that have been, and are not from before computers."""
    return times.set(~times.is_between(EARLIEST, now() + CLOCKS_DIFFER), None)
