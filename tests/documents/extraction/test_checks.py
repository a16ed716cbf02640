"""Checks of a document against its own digits, the calendar and the form."""

from datetime import date

import pytest

from documents.extraction.checks import CheckResult, FormFacts, check_document, is_verified
from documents.extraction.mrz import read_zone
from documents.extraction.shapes import MrzReading
from tests.factories.documents import TODAY, passport_lines

_FORM = FormFacts((("Nordfeld GmbH", None), ("Jane Citizen", date(1984, 6, 7))))
_VALUES = {
    "surname": "CITIZEN", "given_names": "JANE", "date_of_birth": "1984-06-07", "date_of_expiry": "2031-05-21",
}  # fmt: skip


def checks_of(
    kind: str = "passport", zone: MrzReading | None = None, text: str = "", **values: str
) -> list[CheckResult]:
    zone = zone or (read_zone(passport_lines()) if kind == "passport" else None)
    return check_document(kind, (_VALUES if kind == "passport" else {}) | values, zone, _FORM, TODAY, text)


def failed(results: list[CheckResult]) -> list[str]:
    return [result.code for result in results if result.outcome == "failed"]


def test_checks_of_a_good_passport_all_pass() -> None:
    results = checks_of()
    assert failed(results) == []
    assert is_verified("passport", results)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"surname": "SMITH"}, "name_matches_form"), ({"date_of_birth": "1984-07-06"}, "birth_date_matches_form"),
        ({"date_of_expiry": "2026-11-20"}, "not_expired"), ({"date_of_issue": "2026-11-22"}, "issued_in_the_past"),
    ],
)  # fmt: skip
def test_check_with_a_wrong_value_fails(change: dict[str, str], code: str) -> None:
    results = checks_of(**change)
    assert failed(results) == [code]
    assert not is_verified("passport", results)


def test_expiry_today_is_still_valid() -> None:
    assert failed(checks_of(date_of_expiry=TODAY.isoformat())) == []


def test_zone_with_a_wrong_digit_is_told_from_an_unclear_one() -> None:
    first, second = passport_lines()
    wrong = read_zone([first, second[:19] + "0" + second[20:]])
    assert wrong is not None
    unclear = MrzReading(wrong.lines, "TD3", wrong.checks, False, 1, unclear=tuple(wrong.checks))
    assert "printed wrong" in checks_of(zone=wrong)[0].sentence
    assert "could not be read with certainty" in checks_of(zone=unclear)[0].sentence


def test_passport_without_a_zone_fails() -> None:
    results = check_document("passport", _VALUES, None, _FORM, TODAY)
    assert failed(results) == ["mrz_digits"]


def test_bill_with_a_name_of_the_form_is_verified() -> None:
    assert is_verified("utility_bill", checks_of("utility_bill", text="Ms Jane Citizen, 7 Harbour Street"))
    assert failed(checks_of("utility_bill", text="Mr John Smith")) == ["name_matches_form"]


@pytest.mark.parametrize("kind", ["unknown", "other", "driving_licence", "utility_bill"])
def test_document_on_which_nothing_was_compared_is_not_verified(kind: str) -> None:
    results = checks_of(kind)
    assert failed(results) == []
    assert not is_verified(kind, results)
