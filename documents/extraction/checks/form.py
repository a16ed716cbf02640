"""A document against what the form says."""

import pycountry
from anyascii import anyascii

from core.words import said
from documents.extraction.checks.addresses import address_places, has_address
from documents.extraction.checks.person import nearest_name
from documents.extraction.checks.shapes import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    CheckResult,
    DocumentFacts,
    Evidence,
    FormFacts,
    FormPerson,
)
from documents.extraction.classify import IDENTITY
from documents.extraction.names import is_near_name, is_on_page, is_same_name, words_of

_NAME_FIELDS = ("surname", "given_names", "name", "company_name")
_PROOF_OF_ADDRESS = frozenset({"utility_bill", "bank_statement"})
_WITHOUT_NAMES = frozenset({"unknown", "other"})
_KINDS = {"passport": "passport", "national_id": "national_id", "driving_licence": "driving_licence"}


def form_checks(document: DocumentFacts, form: FormFacts, person: FormPerson | None) -> list[CheckResult]:
    """Name, birth date, nationality, number and address."""
    return [
        _whose(document, form, person),
        _birth_date(document, person),
        _nationality(document, person),
        _number(document, person),
        _address(document, form),
    ]


def _whose(document: DocumentFacts, form: FormFacts, person: FormPerson | None) -> CheckResult:
    """Identity documents name one person; elsewhere it is enough that a name of the form stands on the page."""
    if document.document_type in IDENTITY:
        return _name(document, person)
    on_page = _name_on_page(document, form)
    return _name(document, person) if on_page.outcome != PASSED and person is not None else on_page


def _name(document: DocumentFacts, person: FormPerson | None) -> CheckResult:
    code, where = "name_matches_form", document.places(*_NAME_FIELDS)
    if person is None:
        return CheckResult(code, NOT_APPLICABLE, "No name was read to compare with the form.")
    given = nearest_name(document.name, person)
    if is_same_name(document.name, given):
        return CheckResult(code, PASSED, "The name on the document is the name on the form.", where)
    if is_near_name(document.name, given):
        return CheckResult(code, FAILED, "The name on the document is spelt a little differently on the form.", where)
    return CheckResult(code, FAILED, "The name on the document is nobody's on the form.", where)


def _name_on_page(document: DocumentFacts, form: FormFacts) -> CheckResult:
    """For documents without a labelled name: a bill or a statement bears the customer's somewhere."""
    code, text = "name_matches_form", document.text
    names = [name for person in form.people for name in person.names]
    if document.document_type in _WITHOUT_NAMES or not text or not names:
        return CheckResult(code, NOT_APPLICABLE, "No name was read to compare with the form.")
    found = next((name for name in names if is_on_page(name, text)), None)
    if found is not None:
        return CheckResult(code, PASSED, "A name from the form stands on the document.", _places_of(found, document))
    return CheckResult(code, FAILED, "No name from the form stands on the document.")


def _birth_date(document: DocumentFacts, person: FormPerson | None) -> CheckResult:
    code, printed = "birth_date_matches_form", document.date("date_of_birth")
    if printed is None or person is None or person.birth_date is None:
        return CheckResult(code, NOT_APPLICABLE, "There are no two birth dates to compare.")
    if printed == person.birth_date:
        told, outcome = said("The birth date on the document is the one on the form."), PASSED
    else:
        told, outcome = said("The birth date on the document differs from the form."), FAILED
    return CheckResult(code, outcome, told, document.places("date_of_birth"))


def _nationality(document: DocumentFacts, person: FormPerson | None) -> CheckResult:
    code, printed = "nationality_matches_form", country_code(document.value("nationality"))
    if not printed or person is None or not person.nationalities:
        return CheckResult(code, NOT_APPLICABLE, "There are no two nationalities to compare.")
    where = document.places("nationality")
    if printed in person.nationalities:
        return CheckResult(code, PASSED, "The nationality on the document is on the form.", where)
    return CheckResult(code, FAILED, "The nationality on the document is not on the form.", where)


def _number(document: DocumentFacts, person: FormPerson | None) -> CheckResult:
    code, printed = "number_matches_form", _plain(document.value("document_number"))
    kind = _KINDS.get(document.document_type)
    given = [_plain(item.value) for item in person.identifiers if item.kind == kind] if person and kind else []
    if not printed or not given:
        return CheckResult(code, NOT_APPLICABLE, "The form gives no number of such a document.")
    where = document.places("document_number")
    if printed in given:
        return CheckResult(code, PASSED, "The document's number is the one on the form.", where)
    return CheckResult(code, FAILED, "The document's number differs from the one on the form.", where)


def _address(document: DocumentFacts, form: FormFacts) -> CheckResult:
    """A proof of address that shows another address proves nothing; other documents may show former ones."""
    code = "address_matches_form"
    addresses = [address for person in form.people for address in person.addresses if address.street]
    if document.document_type not in _PROOF_OF_ADDRESS or not addresses or not document.text:
        return CheckResult(code, NOT_APPLICABLE, "This is no proof of address, or the form gives none.")
    found = next((address for address in addresses if has_address(document, address)), None)
    if found is not None:
        told = said("An address from the form stands on the document.")
        return CheckResult(code, PASSED, told, address_places(document, found))
    return CheckResult(code, FAILED, "No address from the form stands on the document.", document.places("address"))


def _places_of(name: str, document: DocumentFacts) -> tuple[Evidence, ...]:
    wanted = {spelling for spellings in words_of(name) for spelling in spellings}
    return tuple(
        Evidence(page, word.box)
        for page, word in document.words()
        if any(spellings & wanted for spellings in words_of(word.text))
    )


def country_code(printed: str) -> str:
    """The ISO 3166-1 alpha-2 code of a state as documents print it (`D` is Germany's); empty for Utopia and the like."""
    code = {"D": "DEU"}.get(printed.upper(), printed.upper())
    found = pycountry.countries.get(alpha_3=code) or pycountry.countries.get(alpha_2=code)
    return str(found.alpha_2) if found else ""


def _plain(number: str) -> str:
    return "".join(char for char in anyascii(number).upper() if char.isalnum())
