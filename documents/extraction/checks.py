"""Checks of one document: its own digits, its dates, and its values against the form. Each answers in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from documents.extraction.classify import IDENTITY, IDENTITY_WITH_ZONE
from documents.extraction.names import is_near_name, is_on_page, is_same_name, likeness
from documents.extraction.shapes import MrzReading

PASSED, FAILED, NOT_APPLICABLE = "passed", "failed", "not_applicable"
NO_TYPE = "It is not clear what kind of document this is."
NOT_CHECKABLE = "Nothing on this document could be checked against the form."
_WITHOUT_CHECKS = frozenset({"unknown", "other"})


@dataclass(frozen=True)
class CheckResult:
    """`sentence` is what a reviewer reads; it holds no name."""

    code: str
    outcome: str
    sentence: str


@dataclass(frozen=True)
class FormFacts:
    """What the form says of those a document may belong to: (name, birth date) of the customer and each owner."""

    people: tuple[tuple[str, date | None], ...]


def check_document(
    document_type: str, values: Mapping[str, str], zone: MrzReading | None, form: FormFacts, today: date, text: str = ""
) -> list[CheckResult]:
    """Every check, in the order a reviewer reads them. `text` is all that was read on the document."""
    person = _whose(values, form)
    return [
        _zone_digits(document_type, zone),
        _name(values, person) if document_type in IDENTITY or person else _name_on_page(document_type, text, form),
        _birth_date(values, person),
        _expiry(values, today),
        _issue_date(values, today),
    ]


def is_verified(document_type: str, checks: list[CheckResult]) -> bool:
    """True where the document is of a known kind, bears a name from the form, and no check failed.

    A document on which nothing could be compared is no evidence, however clean: a person looks at it.
    """
    named = any(check.code == "name_matches_form" and check.outcome == PASSED for check in checks)
    return document_type not in _WITHOUT_CHECKS and named and all(check.outcome != FAILED for check in checks)


def _printed_name(values: Mapping[str, str]) -> str:
    return f"{values.get('given_names', '')} {values.get('surname', '')}".strip()


def _whose(values: Mapping[str, str], form: FormFacts) -> tuple[str, date | None] | None:
    """The person of the form whose name is most like the printed one."""
    printed = _printed_name(values)
    if not printed or not form.people:
        return None
    return max(form.people, key=lambda person: (is_same_name(printed, person[0]), likeness(printed, person[0])))


def _zone_digits(document_type: str, zone: MrzReading | None) -> CheckResult:
    if zone is None:
        if document_type in IDENTITY_WITH_ZONE:
            return CheckResult("mrz_digits", FAILED, "The machine-readable zone could not be read.")
        return CheckResult("mrz_digits", NOT_APPLICABLE, "This document has no machine-readable zone.")
    wrong = [name for name, fits in zone.checks.items() if not fits and name not in zone.unclear]
    if wrong:
        return CheckResult("mrz_digits", FAILED, f"The check digit of {_listed(wrong)} is printed wrong.")
    if not zone.valid:
        told = f"The machine-readable zone could not be read with certainty: {_listed(list(zone.unclear))}."
        return CheckResult("mrz_digits", FAILED, told)
    repaired = " after characters that look alike were told apart by their place" if zone.repaired else ""
    told = f"All {len(zone.checks)} check digits of the machine-readable zone fit{repaired}."
    return CheckResult("mrz_digits", PASSED, told)


def _name(values: Mapping[str, str], person: tuple[str, date | None] | None) -> CheckResult:
    code, printed = "name_matches_form", _printed_name(values)
    if person is None:
        return CheckResult(code, NOT_APPLICABLE, "No name was read to compare with the form.")
    if is_same_name(printed, person[0]):
        return CheckResult(code, PASSED, "The name on the document is the name on the form.")
    if is_near_name(printed, person[0]):
        return CheckResult(code, FAILED, "The name on the document is spelt a little differently on the form.")
    return CheckResult(code, FAILED, "The name on the document is nobody's on the form.")


def _name_on_page(document_type: str, text: str, form: FormFacts) -> CheckResult:
    """For documents without a labelled name: a bill or a statement bears the customer's somewhere."""
    code = "name_matches_form"
    if document_type in _WITHOUT_CHECKS or not text or not form.people:
        return CheckResult(code, NOT_APPLICABLE, "No name was read to compare with the form.")
    if any(is_on_page(name, text) for name, _ in form.people):
        return CheckResult(code, PASSED, "A name from the form stands on the document.")
    return CheckResult(code, FAILED, "No name from the form stands on the document.")


def _birth_date(values: Mapping[str, str], person: tuple[str, date | None] | None) -> CheckResult:
    code, printed = "birth_date_matches_form", _date(values, "date_of_birth")
    if printed is None or person is None or person[1] is None:
        return CheckResult(code, NOT_APPLICABLE, "There are no two birth dates to compare.")
    if printed == person[1]:
        return CheckResult(code, PASSED, "The birth date on the document is the one on the form.")
    return CheckResult(code, FAILED, "The birth date on the document differs from the form.")


def _expiry(values: Mapping[str, str], today: date) -> CheckResult:
    printed = _date(values, "date_of_expiry")
    if printed is None:
        return CheckResult("not_expired", NOT_APPLICABLE, "No date of expiry was read.")
    if printed < today:
        return CheckResult("not_expired", FAILED, f"The document expired on {printed}.")
    return CheckResult("not_expired", PASSED, f"The document is valid until {printed}.")


def _issue_date(values: Mapping[str, str], today: date) -> CheckResult:
    printed = _date(values, "issue_date") or _date(values, "date_of_issue")
    if printed is None:
        return CheckResult("issued_in_the_past", NOT_APPLICABLE, "No date of issue was read.")
    if printed > today:
        return CheckResult("issued_in_the_past", FAILED, f"The document is dated {printed}, in the future.")
    return CheckResult("issued_in_the_past", PASSED, f"The document is dated {printed}.")


def _date(values: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(values[name]) if values.get(name) else None


def _listed(names: list[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
