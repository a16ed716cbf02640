"""What a document says about itself: check digits, dates, numbers that only specimens bear."""

from datetime import date

from core.words import said
from documents.extraction.checks.shapes import FAILED, NOT_APPLICABLE, PASSED, CheckResult, DocumentFacts
from documents.extraction.checks.specimens import SPECIMEN_NUMBERS, specimen_words
from documents.extraction.classify import IDENTITY, IDENTITY_WITH_ZONE

_LONGEST_LIFE = 120
_ISSUED = ("issue_date", "date_of_issue")


def own_checks(document: DocumentFacts, today: date) -> list[CheckResult]:
    """Checks that need nothing but the document and the calendar."""
    return [
        _zone_digits(document), _expiry(document, today), _issue_date(document, today), _order_of_dates(document, today),
        _specimen(document),
    ]  # fmt: skip


def _zone_digits(document: DocumentFacts) -> CheckResult:
    code, zone = "mrz_digits", document.zone
    if zone is None:
        if document.document_type in IDENTITY_WITH_ZONE:
            return CheckResult(code, FAILED, "The machine-readable zone could not be read.")
        return CheckResult(code, NOT_APPLICABLE, "This document has no machine-readable zone.")
    where = document.places("document_number", "date_of_birth", "date_of_expiry")
    wrong = [name for name, fits in zone.checks.items() if not fits and name not in zone.unclear]
    if wrong:
        return CheckResult(
            code, FAILED, said("The check digit of {listed} is printed wrong.", listed=_listed(wrong)), where
        )
    if not zone.valid:
        told = said(
            "The machine-readable zone could not be read with certainty: {listed}.", listed=_listed(list(zone.unclear))
        )
        return CheckResult(code, FAILED, told, where)
    repaired = said(" after characters that look alike were told apart by their place") if zone.repaired else ""
    told = said(
        "All {checks} check digits of the machine-readable zone fit{repaired}.",
        checks=len(zone.checks),
        repaired=repaired,
    )
    return CheckResult(code, PASSED, told, where)


def _expiry(document: DocumentFacts, today: date) -> CheckResult:
    code, printed, where = "not_expired", document.date("date_of_expiry"), document.places("date_of_expiry")
    if printed is None:
        return CheckResult(code, NOT_APPLICABLE, "No date of expiry was read.")
    if printed < today:
        return CheckResult(code, FAILED, said("The document expired on {printed}.", printed=printed), where)
    return CheckResult(code, PASSED, said("The document is valid until {printed}.", printed=printed), where)


def _issue_date(document: DocumentFacts, today: date) -> CheckResult:
    code, printed, where = "issued_in_the_past", document.date(*_ISSUED), document.places(*_ISSUED)
    if printed is None:
        return CheckResult(code, NOT_APPLICABLE, "No date of issue was read.")
    if printed > today:
        return CheckResult(
            code, FAILED, said("The document is dated {printed}, in the future.", printed=printed), where
        )
    return CheckResult(code, PASSED, said("The document is dated {printed}.", printed=printed), where)


def _order_of_dates(document: DocumentFacts, today: date) -> CheckResult:
    """Born, then issued, then expired, and not born longer ago than anybody lives."""
    code, names = "dates_in_order", ("date_of_birth", "issue_date", "date_of_issue", "date_of_expiry")
    born, issued, expires = document.date("date_of_birth"), document.date(*_ISSUED), document.date("date_of_expiry")
    known = [moment for moment in (born, issued, expires) if moment is not None]
    where = document.places(*names)
    if born is not None and not 0 <= today.year - born.year <= _LONGEST_LIFE:
        return CheckResult(code, FAILED, said("The birth date {born} is nobody's who lives today.", born=born), where)
    if len(known) < 2:  # noqa: PLR2004 - one date has no order
        return CheckResult(code, NOT_APPLICABLE, "There are no two dates to put in order.")
    if known != sorted(known):
        return CheckResult(code, FAILED, "Birth, issue and expiry are not in this order.", where)
    return CheckResult(code, PASSED, "Birth, issue and expiry are in order.", where)


def _specimen(document: DocumentFacts) -> CheckResult:
    code = "no_specimen"
    if document.document_type not in IDENTITY:
        return CheckResult(code, NOT_APPLICABLE, "Specimens are known of identity documents only.")
    if document.value("document_number").upper() in SPECIMEN_NUMBERS:
        told = said("The number is that of a published specimen: this document was made to be shown.")
        return CheckResult(code, FAILED, told, document.places("document_number"))
    printed = specimen_words(document)
    if printed:
        return CheckResult(code, FAILED, "The document says of itself that it is a specimen.", printed)
    return CheckResult(code, PASSED, "It is none of the specimens known here.")


def _listed(names: list[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
