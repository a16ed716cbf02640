"""Finding zones in OCR text, repairing what its place dictates, and saying what is wrong."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.extraction.mrz import ZoneLine, agreed, best_zone, read_zone, witnessed, zone_fields
from documents.extraction.shapes import MrzReading
from tests.factories.documents import TODAY, passport_lines


def zone_of(*lines: str) -> MrzReading:
    zone = read_zone(list(lines))
    assert zone is not None
    return zone


def changed(line: str, place: int, char: str) -> str:
    return line[:place] + char + line[place + 1 :]


def test_best_zone_among_other_lines_finds_it() -> None:
    noise = [ZoneLine("REPUBLIC OF UTOPIA"), ZoneLine("Surname CITIZEN")]
    zone = best_zone([*noise, *(ZoneLine(line, (0, 0, 440, 20)) for line in passport_lines()), ZoneLine("x")])
    assert zone is not None
    assert list(zone.lines) == passport_lines()


def test_best_zone_with_blanks_and_guillemets_reads_through_them() -> None:
    first, second = passport_lines()
    zone = best_zone([ZoneLine(first.replace("<<", "«", 1)), ZoneLine(second[:20] + " " + second[20:])])
    assert zone is not None
    assert zone.valid


@given(st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<", min_size=27, max_size=48), min_size=2, max_size=5))
def test_best_zone_of_noise_in_capitals_is_none(lines: list[str]) -> None:
    assert best_zone([ZoneLine("P" + line) for line in lines]) is None


def test_zone_of_fillers_alone_is_none() -> None:
    assert best_zone([ZoneLine("P" + "<" * 43), ZoneLine("<" * 44)]) is None


def test_zone_with_letters_in_a_date_is_repaired_and_says_so() -> None:
    first, second = passport_lines(birth="840607")
    zone = zone_of(first, changed(second, 15, "O"))
    assert zone.lines[1] == second
    assert zone.valid
    assert zone.repaired


def test_zone_with_a_letter_in_the_number_is_not_repaired() -> None:
    first, second = passport_lines(number="L0988901C")
    zone = zone_of(first, changed(second, 1, "O"))
    assert zone.lines[1][1] == "O"
    assert not zone.valid


def test_zone_with_letters_among_its_last_fillers_is_repaired_and_says_so() -> None:
    first, second = passport_lines()
    zone = zone_of(first[:-2] + "ZZ", second)
    assert zone.lines[0] == first
    assert zone.repaired


def test_zone_short_of_fillers_is_stretched_where_they_stand() -> None:
    first, second = passport_lines()
    assert list(zone_of(first[:-5], second).lines) == [first, second]


def test_agreed_with_the_same_characters_twice_says_printed_wrong() -> None:
    first, second = passport_lines()
    wrong = zone_of(first, changed(second, 19, str((int(second[19]) + 1) % 10)))
    assert agreed(wrong, [wrong]).unclear == ()


def test_agreed_with_differing_readings_says_unclear() -> None:
    first, second = passport_lines()
    one, other = (zone_of(first, changed(second, 15, digit)) for digit in "12")
    assert "date_of_birth" in agreed(one, [other]).unclear


def test_agreed_with_a_look_alike_that_fits_says_unclear() -> None:
    first, second = passport_lines(number="L0988901C")
    wrong = zone_of(first, changed(second, 1, "O"))
    assert agreed(wrong, [wrong]).unclear == ("document_number", "composite")


def test_witnessed_number_with_a_g_that_stands_nowhere_is_unclear() -> None:
    zone = zone_of(*passport_lines(number="U100000G1"))
    assert zone.valid
    assert not witnessed(zone, "PASSPORT U10000061").valid
    assert witnessed(zone, "PASSPORT U10 0000 G1").valid


def test_witnessed_name_with_a_digit_is_unclear() -> None:
    zone = replace(zone_of(*passport_lines()), lines=("P<UTOC1TIZEN<<JANE".ljust(44, "<"), passport_lines()[1]))
    assert witnessed(zone, "").unclear == ("names",)


def test_zone_fields_of_a_good_zone_are_its_values() -> None:
    values = {item.name: item.value for item in zone_fields(zone_of(*passport_lines(given="JANE MARIA")), TODAY)}
    assert values == {
        "surname": "CITIZEN", "given_names": "JANE MARIA", "document_number": "K2470391C", "nationality": "UTO",
        "date_of_birth": "1984-06-07", "date_of_expiry": "2031-05-21", "issuing_state": "UTO", "sex": "F",
    }  # fmt: skip


def test_zone_fields_with_a_failing_digit_have_low_confidence() -> None:
    first, second = passport_lines()
    fields = {item.name: item for item in zone_fields(zone_of(first, changed(second, 19, "0")), TODAY)}
    assert fields["date_of_birth"].confidence == 0.3


def test_zone_field_boxes_are_their_share_of_the_line() -> None:
    lines = [ZoneLine(line, (0, 100 * row, 440, 100 * row + 20)) for row, line in enumerate(passport_lines())]
    zone = best_zone(lines)
    assert zone is not None
    boxes = {item.name: item.box for item in zone_fields(zone, TODAY)}
    assert boxes["document_number"] == (0, 100, 90, 120)


@pytest.mark.parametrize(("birth", "iso"), [("270101", "1927-01-01"), ("260101", "2026-01-01"), ("840231", "")])
def test_birth_date_of_two_digits_lies_in_the_past(birth: str, iso: str) -> None:
    fields = {item.name: item.value for item in zone_fields(zone_of(*passport_lines(birth=birth)), TODAY)}
    assert fields.get("date_of_birth", "") == iso
