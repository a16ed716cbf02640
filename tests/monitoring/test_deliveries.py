"""CSV files: what is wrong with the file as a whole, and with single lines of it."""

import pytest

from core.exceptions import InvalidInput
from monitoring.deliveries import MOST_JSON_ROWS, rows_from_csv, rows_from_json

COLUMNS = ("external_id", "amount", "reference")


def _rows(content: bytes):
    return rows_from_csv(content, columns=COLUMNS, required=("external_id", "amount"))


def _fault(content: bytes):
    with pytest.raises(InvalidInput) as caught:
        _rows(content)
    return caught.value.faults[0]


@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"])
def test_csv_any_usual_divider_is_read(delimiter):
    (row,) = _rows(b"external_id,amount\nA,5\n".replace(b",", delimiter))
    assert row.values == {"external_id": "A", "amount": "5"}


def test_csv_of_very_many_columns_is_refused_for_that_alone():
    assert "columns" in _fault(b"," * 200_000).message


def test_csv_byte_order_mark_and_capitals_in_the_header_are_read():
    assert _rows("\ufeffExternal_ID,Amount\r\nA,5\r\n".encode())[0].values["external_id"] == "A"


def test_csv_empty_cell_is_a_missing_value():
    assert "reference" not in _rows(b"external_id,amount,reference\nA,5,\n")[0].values


def test_csv_line_is_the_files_own_after_a_cell_of_several_lines():
    rows = _rows(b'external_id,amount,reference\nA,5,"two\nlines"\n\nB,6,x\n')
    assert [row.line for row in rows] == [2, 5]


def test_csv_row_with_too_many_cells_is_refused_alone():
    rows = _rows(b"external_id,amount\nA,5\nB,6,7\n")
    assert [bool(row.faults) for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("content", "pointer", "told"),
    [
        (b"", "/external_id", "missing"),
        (b"external_id\nA\n", "/amount", "missing"),
        (b"external_id,amount,refrence\nA,5,x\n", "/refrence", "no known column"),
        (b"external_id,amount,amount\nA,5,5\n", "/amount", "more than once"),
        (b"external_id,amount\n", "/", "no row"),
        (b"external_id,amount\nM\xfcller,5\n", "/", "not UTF-8"),
        (b"external_id,amount\nA\0,5\n", "/", "NUL"),
        (b'external_id,amount\n"A,5\n', "/line/2", "cannot be read as CSV"),
        (b"external_id,amount\n" + b"A,5\n" * 10_001, "/", "more than 10000 rows"),
        (b"PK\x03\x04\x14\x00\x08", "/", "NUL"),
    ],
)
def test_csv_broken_file_is_refused_with_place_and_reason(content, pointer, told):
    fault = _fault(content)
    assert fault.pointer == pointer
    assert told in fault.message


def test_csv_misspelt_column_names_the_right_one():
    assert _fault(b"external_id,amount,refrence\nA,5,x\n").suggestion == "did you mean `reference`?"


@pytest.mark.parametrize("number", [0, MOST_JSON_ROWS + 1])
def test_json_list_without_usable_size_is_refused(number):
    with pytest.raises(InvalidInput):
        rows_from_json([{}] * number)
