"""Reading a table by column gives what reading it row by row gives, whatever stands in it."""

import csv
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.files.mapping import FileMapping, Source
from monitoring.intake.bycolumn import ROW, ColumnReader
from monitoring.intake.files import rows_of
from monitoring.intake.tables import tables_of
from monitoring.intake.targets import TARGETS

AMOUNTS = ["1250.00", "0.005", "-3", "0", "00.10", "12,5", "1e3", " 7 ", "NaN", "99999999999999", "1.2345", "٣", ""]
TIMES = ["2026-03-01T10:00:00Z", "2026-03-01 10:00:00", "2026-03-01", "2026-02-30T10:00:00Z", "2026-03-01T10:00:60Z",
         "2026-03-01T10:00:00.123456+02:00", "20260301T100000", "2999-01-01T00:00:00Z", "1969-12-31T00:00:00Z", "soon", ""]  # fmt: skip
TEXTS = [
    "a",
    "Ümlaut ß",
    "x" * 61,
    "tab\tin",
    "back\\slash",
    "line\nbreak",
    "\u2003wide\u2003",
    "a\x1fb",
    'quo"te',
    "",
    "N",
]
CELLS = {
    "external_id": st.sampled_from(["", "T1", "T1", "T2", "x" * 101]), "customer_external_id": st.sampled_from(["C1", ""]),
    "account": st.sampled_from(TEXTS), "direction": st.sampled_from(["in", "out", "IN", ""]),
    "amount": st.sampled_from(AMOUNTS), "currency": st.sampled_from(["EUR", "usd", "XXZ", "Euro", ""]),
    "counterparty_country": st.sampled_from(["DE", "uk", "de ", "Germany", ""]), "reference": st.sampled_from(TEXTS),
    "booked_at": st.sampled_from(TIMES),
}  # fmt: skip
PLAIN = FileMapping("", {name: Source((name,)) for name in CELLS}, {"currency": {"Euro": "EUR"}}, {"type": "card"})
ODD = FileMapping("", {
    **{name: Source((name,)) for name in ("amount", "direction", "currency")},
    "account": Source(("account", "reference"), join="_"), "booked_at": Source(("booked_at",), format="%Y-%m-%d"),
})  # fmt: skip


def _same(path, format, mapping, customer="", size=3):
    """Compares both ways row by row; how many rows were read by column."""
    target = TARGETS["transactions"]
    given = {"customer_external_id": customer} if customer else {}
    by_row = {row.line: row for row in rows_of(path, format, target.code, mapping, given)}
    reader, sure_rows = ColumnReader(mapping, target, customer), 0
    for table in tables_of(path, format, size):
        read = reader.read(table)
        assert [by_row.pop(row.line).faults for row in table.odd] == [row.faults for row in table.odd]
        for place in read.rest:
            row = read.row(place)
            assert row == by_row.pop(row.line)
        for values in read.sure.iter_rows(named=True):
            row = read.row(values.pop(ROW))
            assert row == by_row.pop(row.line)
            told, faults = target.shape.read(row.values)
            assert not faults
            assert {**values, "amount": Decimal(values["amount"])} == told
            sure_rows += 1
    assert not by_row
    return sure_rows


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=8), customer=st.sampled_from(["", "C9"]))
def test_csv_by_column_is_csv_by_row(tmp_path_factory, rows, customer):
    path = tmp_path_factory.mktemp("t") / "t.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(CELLS)
        writer.writerows(row.values() for row in rows)
        stream.write("too,few\n")
    for mapping in (PLAIN, ODD):
        _same(path, "csv", mapping, customer)


def test_good_rows_are_read_by_column(tmp_path):
    good = "T1,C1,A,in,12.50,EUR,DE,rent,2026-03-01T10:00:00Z"
    path = tmp_path / "t.csv"
    path.write_text(f"{','.join(CELLS)}\n{good}\n{good.replace('12.50', '-1')}\n{good.replace('EUR', 'usd')}\n")
    assert _same(path, "csv", PLAIN) == 2


def test_parquet_by_column_is_parquet_by_row(tmp_path):
    path = tmp_path / "t.parquet"
    moment = pl.Series(["2026-03-01 10:00:00", None]).str.to_datetime(time_unit="us")
    frame = pl.DataFrame({"external_id": [1, 2], "customer_external_id": ["C1", " "], "direction": ["in", "out"],
                          "amount": [12.5, 0.1], "currency": ["EUR", "EUR"], "booked_at": moment})  # fmt: skip
    for typed, sure in ((frame, 1), (frame.with_columns(amount=pl.lit(1e-9)), 0), (frame.drop("external_id"), 1)):
        typed.write_parquet(path)
        assert _same(path, "parquet", PLAIN) == sure
