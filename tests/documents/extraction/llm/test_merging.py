"""A model's values beside a reading: used only where they stand on the page and nothing was read there."""

import pytest
from pydantic import ValidationError

from documents.extraction.llm import Suggestion, answer_shape, has_gaps, material_of, merged
from documents.extraction.llm.merging import NOT_ON_PAGE, OF_ANOTHER_KIND, READ_OTHERWISE
from documents.extraction.llm.provenance import located_value
from documents.extraction.shapes import FieldReading, PageReading, Reading, Word


def page(text: str, number: int = 1) -> PageReading:
    words = tuple(Word(word, 0.9, (10 * at, 0, 10 * at + 9, 9)) for at, word in enumerate(text.split()))
    return PageReading(number, 600, 400, text, "ocr", f"{number}.jpg", words)


def bill(text: str, *fields: FieldReading) -> Reading:
    return Reading("image/png", "utility_bill", 0.9, (), (page("first page"), page(text, 2)), fields)


def test_value_that_stands_on_the_page_is_added_with_its_box() -> None:
    found = merged(bill("Amount due: EUR 1.234,50 by 7 June 2026"), {"amount_due": "EUR 1.234,50"})
    assert found.reading.fields == (FieldReading("amount_due", "1234.50", 0.63, "llm", 2, (20, 0, 39, 9)),)


def test_date_is_stored_as_iso() -> None:
    found = merged(bill("Issued 7 June 2026"), {"issue_date": "7 June 2026"})
    assert found.reading.fields[0].value == "2026-06-07"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("name", "John Smith", NOT_ON_PAGE), ("issue_date", "2026-06-08", NOT_ON_PAGE),
        ("issue_date", "Harbour", OF_ANOTHER_KIND), ("supplier", "Jane", READ_OTHERWISE),
    ],
)  # fmt: skip
def test_value_that_may_not_be_used_is_a_suggestion_with_its_reason(name: str, value: str, reason: str) -> None:
    reading = bill("Harbour Water Jane", FieldReading("supplier", "Harbour Water", 0.4, "ocr", 2))
    found = merged(reading, {name: value})
    assert found.reading.fields == reading.fields
    assert found.suggestions == (Suggestion(name, value, reason),)


@pytest.mark.parametrize("value", ["", "  ", "harbour water"])
def test_empty_or_equal_value_changes_nothing(value: str) -> None:
    reading = bill("Harbour Water", FieldReading("supplier", "Harbour Water", 0.4, "ocr", 2))
    assert merged(reading, {"supplier": value}).suggestions == ()


@pytest.mark.parametrize(
    ("value", "is_there"),
    [
        ("Müller & Söhne", True),
        ("MULLER SOHNE", True),
        ("Muller", True),
        ("Mull", False),
        ("Sohne Muller", False),
        ("DE89 3704 0044", True),
        ("DE8937040044", True),
        ("E8937040044", False),
        ("", False),
        ("-", False),
    ],
)
def test_value_is_found_as_whole_neighbouring_words(value: str, is_there: bool) -> None:
    assert (located_value(value, (page("Firma Müller & Söhne DE89 3704 0044"),)) is not None) is is_there


def test_shape_is_closed_and_bounded() -> None:
    shape = answer_shape("invoice")
    good = dict.fromkeys(("supplier", "invoice_number", "issue_date", "total"), "")
    assert shape.model_validate(good)
    for bad in (good | {"approved": "yes"}, good | {"total": "9" * 301}, {"total": ""}):
        with pytest.raises(ValidationError):
            shape.model_validate(bad)


def test_model_is_not_asked_where_rules_read_everything_or_nothing() -> None:
    names = ("surname", "given_names", "document_number", "date_of_birth", "date_of_expiry")
    sure = tuple(FieldReading(name, "x", 0.99, "mrz", 1) for name in names)
    assert not has_gaps(Reading("image/png", "passport", pages=(page("PASSPORT"),), fields=sure))
    assert has_gaps(Reading("image/png", "passport", pages=(page("PASSPORT"),), fields=sure[1:]))
    assert not has_gaps(Reading("image/png", "passport", pages=()))
    assert not has_gaps(Reading(refusal="broken"))


def test_material_holds_the_pages_and_is_bounded() -> None:
    material = material_of(bill("word " * 10_000))
    assert "[page 2]" in material
    assert len(material) == 12_000
