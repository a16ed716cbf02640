"""Check digits and formats of machine-readable zones (ICAO 9303; its own examples)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.extraction.mrz import check_digit, read_zone
from tests.factories.documents import passport_lines

_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_ICAO = {
    "TD1": ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"],
    "TD2": ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"],
    "TD3": ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"],
    "MRV-A": ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"],
    "MRV-B": ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
}


@pytest.mark.parametrize(("text", "digit"), [("520727", "3"), ("AB2134<<<", "5"), ("D23145890", "7"), ("740812", "2")])
def test_check_digit_of_icao_examples_is_theirs(text: str, digit: str) -> None:
    assert check_digit(text) == digit


@pytest.mark.parametrize("name", _ICAO)
def test_zone_of_icao_example_is_valid_in_its_format(name: str) -> None:
    zone = read_zone(_ICAO[name])
    assert zone is not None
    assert (zone.format, zone.valid, zone.repaired) == (name, True, False)


@given(st.text(_CHARS, min_size=1, max_size=40), st.data())
def test_check_digit_with_one_digit_changed_differs(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    number = data.draw(st.integers(0, 9))
    before = text[:place] + str(number) + text[place + 1 :]
    after = text[:place] + str((number + data.draw(st.integers(1, 9))) % 10) + text[place + 1 :]
    assert check_digit(before) != check_digit(after)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=9))
def test_zone_with_any_number_keeps_it(number: str) -> None:
    zone = read_zone(passport_lines(number=number))
    assert zone is not None
    assert zone.valid
    assert zone.lines[1].startswith(number)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_read_zone_of_anything_never_raises(lines: list[str]) -> None:
    zone = read_zone(lines)
    assert zone is None or {len(line) for line in zone.lines} <= {30, 36, 44}


def test_zone_with_a_long_number_reads_it_whole() -> None:
    lines = ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"]
    zone = read_zone(lines)
    assert zone is not None
    assert zone.checks["document_number"]
