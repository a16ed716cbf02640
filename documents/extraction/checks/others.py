"""A document against the customer's other documents."""

from core.words import said
from documents.extraction.checks.person import person_of
from documents.extraction.checks.shapes import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    CheckResult,
    DocumentFacts,
    FormFacts,
    OtherDocument,
)
from documents.extraction.classify import IDENTITY
from documents.extraction.names import is_same_name


def checks_against_others(
    document: DocumentFacts, form: FormFacts, others: tuple[OtherDocument, ...]
) -> list[CheckResult]:
    """Names and birth dates of the same person agree on all of the customer's identity documents."""
    person = person_of(document, form) if document.document_type in IDENTITY else None
    own = [other for other in others if not other.sameness and other.document.document_type in IDENTITY]
    same = [other for other in own if person is not None and person_of(other.document, form) == person]
    return [_names(document, same), _birth_dates(document, same)]


def _names(document: DocumentFacts, others: list[OtherDocument]) -> CheckResult:
    code = "names_agree"
    if not others:
        return CheckResult(code, NOT_APPLICABLE, "There is no other document of this person to compare names with.")
    differing = [other for other in others if not is_same_name(document.name, other.document.name)]
    if differing:
        where = (*document.places("surname", "given_names"), *(other.evidence for other in differing))
        return CheckResult(
            code, FAILED, said("The name differs from {counted} of this person.", counted=_counted(differing)), where
        )
    evidence = tuple(other.evidence for other in others)
    return CheckResult(
        code, PASSED, said("The name is the same on {counted} of this person.", counted=_counted(others)), evidence
    )


def _birth_dates(document: DocumentFacts, others: list[OtherDocument]) -> CheckResult:
    code, printed = "birth_dates_agree", document.date("date_of_birth")
    dated = [other for other in others if other.document.date("date_of_birth") is not None]
    if printed is None or not dated:
        return CheckResult(code, NOT_APPLICABLE, "There is no other document with this person's birth date.")
    differing = [other for other in dated if other.document.date("date_of_birth") != printed]
    if differing:
        where = (*document.places("date_of_birth"), *(other.evidence for other in differing))
        return CheckResult(
            code,
            FAILED,
            said("The birth date differs from {counted} of this person.", counted=_counted(differing)),
            where,
        )
    evidence = tuple(other.evidence for other in dated)
    return CheckResult(
        code, PASSED, said("The birth date is the same on {counted} of this person.", counted=_counted(dated)), evidence
    )


def _counted(others: list[OtherDocument]) -> str:
    return said("another document") if len(others) == 1 else said("{others} other documents", others=len(others))
