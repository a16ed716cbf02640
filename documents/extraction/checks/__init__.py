"""Checks of one document: its own digits and dates, the form, the customer's other documents, traces in the file."""

from datetime import date

from core.words import said
from documents.extraction.checks.form import form_checks
from documents.extraction.checks.others import checks_against_others
from documents.extraction.checks.own import own_checks
from documents.extraction.checks.person import person_of
from documents.extraction.checks.shapes import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    CheckResult,
    DocumentFacts,
    Evidence,
    FormAddress,
    FormFacts,
    FormIdentifier,
    FormPerson,
    OtherDocument,
    facts_of,
)
from documents.extraction.checks.sums import sum_checks
from documents.extraction.checks.traces import trace_checks

NO_TYPE = said("It is not clear what kind of document this is.")
NOT_CHECKABLE = said("Nothing on this document could be checked against the form.")
WITHOUT_CHECKS = frozenset({"unknown", "other"})

__all__ = [
    "FAILED", "NOT_APPLICABLE", "NOT_CHECKABLE", "NO_TYPE", "PASSED", "CheckResult", "DocumentFacts", "Evidence",
    "FormAddress", "FormFacts", "FormIdentifier", "FormPerson", "OtherDocument", "check_document", "facts_of",
    "is_verified",
]  # fmt: skip


def check_document(
    document: DocumentFacts, form: FormFacts, today: date, others: tuple[OtherDocument, ...] = ()
) -> list[CheckResult]:
    """Every check, in the order a reviewer reads them. `others` are documents it may agree or collide with."""
    person = person_of(document, form)
    return [
        *own_checks(document, today),
        *sum_checks(document),
        *form_checks(document, form, person),
        *checks_against_others(document, form, others),
        *trace_checks(document, others),
    ]


def is_verified(document_type: str, checks: list[CheckResult]) -> bool:
    """True where the document is of a known kind, bears a name from the form, and no check failed.

    A document on which nothing could be compared is no evidence, however clean: a person looks at it.
    """
    named = any(check.code == "name_matches_form" and check.outcome == PASSED for check in checks)
    return document_type not in WITHOUT_CHECKS and named and all(check.outcome != FAILED for check in checks)
