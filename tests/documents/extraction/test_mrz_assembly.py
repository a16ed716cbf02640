"""A zone out of lines whose characters come with rivals."""

import pytest

from documents.extraction.glyphs import Glyph
from documents.extraction.mrz import assembled, witnessed
from documents.synthesis import make_specimen
from tests.factories.documents import passport_lines

Line = tuple[Glyph, ...]


def read(text: str, rivals: dict[int, tuple[str, float]] | None = None, sure: float = 0.99) -> Line:
    return tuple(
        Glyph(char, 1 - rivals[place][1], (rivals[place],)) if rivals and place in rivals else Glyph(char, sure)
        for place, char in enumerate(text)
    )


def swapped(text: str, place: int, char: str) -> str:
    return text[:place] + char + text[place + 1 :]


def test_lines_as_printed_are_a_valid_zone() -> None:
    zone = assembled([read(line) for line in passport_lines()], 1)
    assert zone is not None
    assert (list(zone.lines), zone.valid, zone.repaired) == (passport_lines(), True, False)


def test_place_decides_between_letter_o_and_digit_zero() -> None:
    first, second = passport_lines(surname="OTTO")
    zone = assembled([read(first.replace("O", "0")), read(second.replace("UTO", "UT0"))], 1)
    assert zone is not None
    assert list(zone.lines) == [first, second]
    assert zone.valid


@pytest.mark.parametrize(
    ("first", "second"), [("I{}", "{}"), ("{}I", "1{}"), ("{}", "I{}1"), ("II{}", "{}I")], ids=["left", "both", "edges", "two"]
)  # fmt: skip
def test_marks_beside_the_zone_are_left_out(first: str, second: str) -> None:
    lines = passport_lines()
    zone = assembled([read(first.format(lines[0])), read(second.format(lines[1]))], 1)
    assert zone is not None
    assert (list(zone.lines), zone.valid) == (lines, True)


def test_fillers_that_were_not_counted_are_put_back() -> None:
    first, second = passport_lines()
    zone = assembled([read(first[:-4]), read(second)], 1)
    assert zone is not None
    assert list(zone.lines) == [first, second]


def test_rival_that_every_digit_bears_out_is_taken_and_told() -> None:
    first, second = passport_lines()
    place = second.index("8")
    zone = assembled([read(first), read(swapped(second, place, "9"), {place: ("8", 0.3)})], 1)
    assert zone is not None
    assert (list(zone.lines), zone.repaired) == ([first, second], True)


def test_digit_that_is_clear_and_wrong_is_printed_wrong() -> None:
    first, second = passport_lines()
    wrong = swapped(second, 19, str((int(second[19]) + 1) % 10))
    zone = assembled([read(first), read(wrong)], 1)
    assert zone is not None
    assert not zone.valid
    assert zone.unclear == ()
    assert zone.lines[1] == wrong


def test_digit_that_fails_among_blurred_characters_is_unclear() -> None:
    first, second = passport_lines()
    zone = assembled([read(first), read(swapped(second, 19, "0"), sure=0.8)], 1)
    assert zone is not None
    assert "date_of_birth" in zone.unclear


def test_number_whose_rival_counts_the_same_is_unclear_until_the_page_bears_it_out() -> None:
    first, second = passport_lines(number="U10000061")
    zone = assembled([read(first), read(second, {7: ("G", 0.45)})], 1)
    assert zone is not None
    assert zone.unclear == ("document_number",)
    assert witnessed(zone, "No. U10000061").valid


def test_names_of_unsure_characters_are_unclear_until_the_page_bears_them_out() -> None:
    first, second = passport_lines()
    zone = assembled([read(first, {6: ("L", 0.5)}), read(second)], 1)
    assert zone is not None
    assert zone.unclear == ("names",)
    assert witnessed(zone, "CITIZEN Jane").valid


@pytest.mark.parametrize("shape", ["TD1", "TD2", "FRA-ID"])
def test_zone_of_a_card_is_of_its_format(shape: str) -> None:
    lines = make_specimen("national_id", 4, wear="clean", shape=shape).truth["mrz"]
    zone = assembled([read(line) for line in lines], 1)
    assert zone is not None
    assert (list(zone.lines), zone.format, zone.valid) == (lines, shape, True)


def test_lines_of_print_are_no_zone() -> None:
    assert (
        assembled([read("THEQUICKBROWNFOXJUMPSOVERTHELAZYDOG"), read("ANDRUNSAWAYINTOTHEDARKFOREST1234567")], 1) is None
    )
