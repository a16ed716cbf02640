"""Checks of one document: its own digits, its dates, and its values against the form. Each answers in words."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anyascii import anyascii
from rapidfuzz import fuzz

from documents.extraction.shapes import MrzReading

PASSED, FAILED, NOT_APPLICABLE = "passed", "failed", "not_applicable"
_SAME_NAME = 90
_IDENTITY = frozenset({"passport", "national_id", "travel_document", "residence_permit", "driving_licence", "visa"})


@dataclass(frozen=True)
class CheckResult:
    """`sentence` is what a reviewer reads."""

    code: str
    outcome: str
    sentence: str


@dataclass(frozen=True)
class FormFacts:
    """What the form says of the people a document may belong to: (name, birth date) of the customer and each owner."""

    people: tuple[tuple[str, date | None], ...]


def check_document(
    document_type: str, values: Mapping[str, str], zone: MrzReading | None, form: FormFacts, today: date
) -> list[CheckResult]:
    """Every check, in the order a reviewer reads them."""
    person = _whose(values, form)
    return [
        _zone_digits(document_type, zone),
        _name(values, form, person),
        _birth_date(values, person),
        _expiry(values, today),
        _issue_date(values, today),
    ]


def fold(name: str) -> list[str]:
    """The words of a name in plain Latin capitals, sorted: order, accents and script do not count."""
    latin = anyascii(unicodedata.normalize("NFKC", name)).upper()
    return sorted(word for word in "".join(char if char.isalnum() else " " for char in latin).split() if word)


def name_likeness(one: str, other: str) -> float:
    """0-100: how alike two names are after folding; words missing on one side count little (middle names)."""
    return float(fuzz.token_set_ratio(" ".join(fold(one)), " ".join(fold(other))))


def _printed_name(values: Mapping[str, str]) -> str:
    return f"{values.get('given_names', '')} {values.get('surname', '')}".strip()


def _whose(values: Mapping[str, str], form: FormFacts) -> tuple[str, date | None] | None:
    """The person of the form whose name is most like the printed one."""
    printed = _printed_name(values)
    if not printed or not form.people:
        return None
    return max(form.people, key=lambda person: name_likeness(printed, person[0]))


def _zone_digits(document_type: str, zone: MrzReading | None) -> CheckResult:
    if zone is None:
        if document_type in _IDENTITY - {"driving_licence"}:
            return CheckResult("mrz_digits", FAILED, "The machine-readable zone could not be read.")
        return CheckResult("mrz_digits", NOT_APPLICABLE, "This document has no machine-readable zone.")
    wrong = [name.replace("_", " ") for name, fits in zone.checks.items() if not fits]
    if wrong:
        return CheckResult("mrz_digits", FAILED, f"Check digit(s) of {', '.join(wrong)} do not fit what is printed.")
    return CheckResult("mrz_digits", PASSED, f"All {len(zone.checks)} check digits of the machine-readable zone fit.")


def _name(values: Mapping[str, str], form: FormFacts, person: tuple[str, date | None] | None) -> CheckResult:
    if person is None:
        return CheckResult("name_matches_form", NOT_APPLICABLE, "No name was read to compare with the form.")
    likeness = name_likeness(_printed_name(values), person[0])
    if likeness >= _SAME_NAME:
        return CheckResult("name_matches_form", PASSED, "The name on the document is the name on the form.")
    return CheckResult(
        "name_matches_form", FAILED, f"The name on the document is only {likeness:.0f} % like the nearest on the form."
    )


def _birth_date(values: Mapping[str, str], person: tuple[str, date | None] | None) -> CheckResult:
    printed = values.get("date_of_birth", "")
    if not printed or person is None or person[1] is None:
        return CheckResult("birth_date_matches_form", NOT_APPLICABLE, "There are no two birth dates to compare.")
    if printed == person[1].isoformat():
        return CheckResult("birth_date_matches_form", PASSED, "The birth date on the document is the one on the form.")
    return CheckResult("birth_date_matches_form", FAILED, "The birth date on the document differs from the form.")


def _expiry(values: Mapping[str, str], today: date) -> CheckResult:
    printed = values.get("date_of_expiry", "")
    if not printed:
        return CheckResult("not_expired", NOT_APPLICABLE, "No date of expiry was read.")
    if date.fromisoformat(printed) < today:
        return CheckResult("not_expired", FAILED, f"The document expired on {printed}.")
    return CheckResult("not_expired", PASSED, f"The document is valid until {printed}.")


def _issue_date(values: Mapping[str, str], today: date) -> CheckResult:
    printed = values.get("issue_date", "")
    if not printed:
        return CheckResult("issued_in_the_past", NOT_APPLICABLE, "No date of issue was read.")
    if date.fromisoformat(printed) > today:
        return CheckResult("issued_in_the_past", FAILED, f"The document is dated {printed}, in the future.")
    return CheckResult("issued_in_the_past", PASSED, f"The document is dated {printed}.")


def outcome_of(document_type: str, checks: list[CheckResult]) -> bool:
    """True where the document is verified: its type is known and no check failed."""
    return document_type != "unknown" and all(check.outcome != FAILED for check in checks)
