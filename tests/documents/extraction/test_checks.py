"""Checks of a document against its own digits, the calendar, the form and other documents."""

from dataclasses import replace
from datetime import date

import pytest

from documents.extraction.checks import (
    CheckResult,
    DocumentFacts,
    FormAddress,
    FormFacts,
    FormIdentifier,
    FormPerson,
    OtherDocument,
    check_document,
    is_verified,
)
from documents.extraction.mrz import read_zone
from documents.extraction.shapes import FieldReading, HiddenWord, Inspection, PageReading, Word
from tests.factories.documents import TODAY, passport_lines

_JANE = FormPerson(
    ("Jane Citizen", "Jane Miller"), date(1984, 6, 7), ("AU",), (FormAddress("Hafenstraße 7", "4000", "Porto Nuovo"),),
    (FormIdentifier("passport", "K 2470391 C"),),
)  # fmt: skip
_FORM = FormFacts((FormPerson(("Nordfeld GmbH",)), _JANE))
_VALUES = {
    "surname": "CITIZEN", "given_names": "JANE", "date_of_birth": "1984-06-07", "date_of_expiry": "2031-05-21",
    "document_number": "K2470391C", "nationality": "AUS",
}  # fmt: skip
_PASSPORT = DocumentFacts(
    "passport",
    tuple(FieldReading(name, value, 0.99, "mrz", 1, (1, 2, 3, 4)) for name, value in _VALUES.items()),
    read_zone(passport_lines()),
    (PageReading(1, 60, 40, "PASSPORT", "ocr", "1.jpg", (Word("PASSPORT", 0.9, (2, 2, 30, 10)),)),),
)


def passport(**changes: str) -> DocumentFacts:
    values = {item.name: item for item in _PASSPORT.fields}
    blank = FieldReading("", "", 0.9, "ocr", 1, (5, 6, 7, 8))
    values |= {name: replace(values.get(name, blank), name=name, value=value) for name, value in changes.items()}
    return replace(_PASSPORT, fields=tuple(values.values()))


def page(text: str, source: str = "ocr") -> PageReading:
    words = tuple(Word(word, 0.9, (10 * at, 0, 10 * at + 9, 9)) for at, word in enumerate(text.split()))
    return PageReading(1, 600, 400, text, source, "1.jpg", words)


def bill(text: str) -> DocumentFacts:
    return DocumentFacts("utility_bill", pages=(page(text),))


def checks_of(document: DocumentFacts, others: tuple[OtherDocument, ...] = ()) -> dict[str, CheckResult]:
    return {result.code: result for result in check_document(document, _FORM, TODAY, others)}


def failed(document: DocumentFacts, others: tuple[OtherDocument, ...] = ()) -> list[str]:
    return [code for code, result in checks_of(document, others).items() if result.outcome == "failed"]


def test_checks_of_a_good_passport_all_pass() -> None:
    assert failed(_PASSPORT) == []
    assert is_verified("passport", list(checks_of(_PASSPORT).values()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"surname": "SMITH"}, "name_matches_form"), ({"date_of_birth": "1984-07-06"}, "birth_date_matches_form"),
        ({"date_of_expiry": "2026-11-20"}, "not_expired"), ({"date_of_issue": "2026-11-22"}, "issued_in_the_past"),
        ({"date_of_issue": "1980-01-01"}, "dates_in_order"), ({"nationality": "NZL"}, "nationality_matches_form"),
        ({"document_number": "K2470391D"}, "number_matches_form"),
    ],
)  # fmt: skip
def test_check_with_a_wrong_value_fails_and_shows_where(change: dict[str, str], code: str) -> None:
    document = passport(**change)
    assert failed(document) == [code]
    assert checks_of(document)[code].evidence[0].box
    assert not is_verified("passport", list(checks_of(document).values()))


def test_expiry_today_is_still_valid() -> None:
    assert failed(passport(date_of_expiry=TODAY.isoformat())) == []


def test_birth_more_than_a_life_ago_fails() -> None:
    assert "dates_in_order" in failed(passport(date_of_birth="1884-06-07"))


def test_nationality_of_no_state_is_not_compared() -> None:
    assert checks_of(passport(nationality="UTO"))["nationality_matches_form"].outcome == "not_applicable"


@pytest.mark.parametrize("number", ["C01X00T47", "L898902C3"])
def test_number_of_a_published_specimen_fails(number: str) -> None:
    assert "no_specimen" in failed(passport(document_number=number))


def test_document_with_the_word_specimen_on_it_fails_and_shows_it() -> None:
    document = replace(_PASSPORT, pages=(page("PASSPORT MUSTER"),))
    assert failed(document) == ["no_specimen"]
    assert checks_of(document)["no_specimen"].evidence[0].box == (10, 0, 19, 9)


def test_zone_with_a_wrong_digit_is_told_from_an_unclear_one() -> None:
    first, second = passport_lines()
    wrong = read_zone([first, second[:19] + "0" + second[20:]])
    assert wrong is not None
    unclear = replace(wrong, unclear=tuple(wrong.checks))
    assert "printed wrong" in checks_of(replace(_PASSPORT, zone=wrong))["mrz_digits"].sentence
    assert "not be read with certainty" in checks_of(replace(_PASSPORT, zone=unclear))["mrz_digits"].sentence


def test_passport_without_a_zone_fails() -> None:
    assert failed(replace(_PASSPORT, zone=None)) == ["mrz_digits"]


def test_name_in_another_script_on_the_form_is_the_same_name() -> None:
    form = FormFacts((FormPerson(("Елена Иванова",)),))
    results = check_document(passport(surname="IVANOVA", given_names="ELENA"), form, TODAY)
    assert {result.code: result.outcome for result in results}["name_matches_form"] == "passed"


def test_bill_with_name_and_address_of_the_form_is_verified_and_shows_them() -> None:
    document = bill("Ms Jane Citizen Hafenstr. 7 4000 Porto Nuovo")
    results = checks_of(document)
    assert failed(document) == []
    assert is_verified("utility_bill", list(results.values()))
    assert [item.box for item in results["name_matches_form"].evidence] == [(10, 0, 19, 9), (20, 0, 29, 9)]
    assert results["address_matches_form"].evidence


@pytest.mark.parametrize("address", ["Hafenstraße 9 4000 Porto Nuovo", "Hafenstraße 7 5000 Porto Nuovo", ""])
def test_bill_without_the_address_of_the_form_fails(address: str) -> None:
    assert failed(bill(f"Jane Citizen {address}")) == ["address_matches_form"]


def test_bill_of_somebody_else_fails() -> None:
    assert failed(bill("John Smith Hafenstraße 7 4000 Porto Nuovo")) == ["name_matches_form"]


@pytest.mark.parametrize("kind", ["unknown", "other", "driving_licence", "utility_bill"])
def test_document_on_which_nothing_was_compared_is_not_verified(kind: str) -> None:
    results = check_document(DocumentFacts(kind), _FORM, TODAY)
    assert not is_verified(kind, results)


def test_another_birth_date_on_another_document_of_the_person_fails_and_names_it() -> None:
    other = OtherDocument("d-1", passport(date_of_birth="1985-06-07"))
    assert failed(_PASSPORT, (other,)) == ["birth_dates_agree"]
    assert checks_of(_PASSPORT, (other,))["birth_dates_agree"].evidence[-1].document == "d-1"


def test_another_name_of_the_form_on_another_document_fails() -> None:
    assert failed(_PASSPORT, (OtherDocument("d-1", passport(surname="MILLER")),)) == ["names_agree"]


def test_documents_of_another_person_are_not_compared() -> None:
    other = OtherDocument("d-1", passport(surname="GMBH", given_names="NORDFELD", date_of_birth="1950-01-01"))
    assert checks_of(_PASSPORT, (other,))["birth_dates_agree"].outcome == "not_applicable"


@pytest.mark.parametrize("sameness", ["file", "picture", "number"])
def test_document_that_looks_like_another_customers_fails(sameness: str) -> None:
    assert failed(_PASSPORT, (OtherDocument("d-2", sameness=sameness),)) == ["not_sent_for_another"]


@pytest.mark.parametrize(
    ("inspection", "code"),
    [
        (Inspection(active=("javascript", "launch")), "no_active_content"),
        (Inspection(complete=False), "no_active_content"), (Inspection(software=("GIMP",)), "no_editor_named"),
    ],
)  # fmt: skip
def test_trace_in_the_file_fails(inspection: Inspection, code: str) -> None:
    assert failed(replace(_PASSPORT, inspection=inspection)) == [code]


def test_words_that_nobody_sees_fail_and_are_shown() -> None:
    inspection = Inspection(hidden=(HiddenWord(1, (1, 1, 2, 2)),))
    document = replace(_PASSPORT, pages=(page("PASSPORT", "text"),), inspection=inspection)
    assert failed(document) == ["text_is_visible"]
    assert checks_of(document)["text_is_visible"].evidence[0].box == (1, 1, 2, 2)
