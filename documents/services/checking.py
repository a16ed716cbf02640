"""Checking a document as it stands: against itself, the form, the rules, and the documents it may collide with."""

from dataclasses import asdict, replace

from core.clock import today
from customers.models import Customer, Party
from customers.selectors import parties_of_customer
from documents.enums import DocumentState, FieldSource
from documents.extraction.checks import (
    FAILED,
    PASSED,
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
from documents.extraction.rules import check_rules
from documents.models import Check, Document
from documents.selectors import documents_alike, documents_for_customer, facts_of_document, rules_in_force


def check_again(document: Document) -> None:
    """Runs every check on the values as they stand, and sets the document's state by them."""
    document.checks.all().delete()
    if document.refusal:
        document.state = DocumentState.REFUSED
    else:
        results = _results(document)
        Check.objects.bulk_create(_row(document, result) for result in results)
        verified = is_verified(document.document_type, results)
        document.state = DocumentState.VERIFIED if verified else DocumentState.DOUBTFUL
    document.claim_version()
    document.save()


def _results(document: Document) -> list[CheckResult]:
    """Every check; and that the document would stand without what only a language model read (prompt injection)."""
    others = (*_own_documents(document), *documents_alike(document))
    facts, form, rules = facts_of_document(document), form_of(document.customer), rules_in_force()

    def checked(facts: DocumentFacts) -> list[CheckResult]:
        return [*check_document(facts, form, today(), others), *check_rules(facts, rules, today())]

    results = checked(facts)
    own = replace(facts, fields=tuple(item for item in facts.fields if item.source != FieldSource.LLM))
    if own.fields != facts.fields and is_verified(facts.document_type, results):
        results.append(_stands_alone(is_verified(facts.document_type, checked(own))))
    return results


def _stands_alone(stands: bool) -> CheckResult:
    code = "stands_without_model"
    if stands:
        return CheckResult(code, PASSED, "It stands without what only a language model read.")
    return CheckResult(
        code, FAILED, "Only values of a language model speak for it: a person compares and corrects them."
    )


def _own_documents(document: Document) -> list[OtherDocument]:
    """The customer's other documents that were read; refused ones say nothing."""
    states = [DocumentState.VERIFIED, DocumentState.DOUBTFUL]
    rows = documents_for_customer(document.customer).filter(state__in=states).exclude(pk=document.pk)
    return [OtherDocument(str(row.pk), facts_of_document(row, with_words=False)) for row in rows]


def _row(document: Document, result: CheckResult) -> Check:
    evidence = [{name: value for name, value in asdict(item).items() if value} for item in result.evidence]
    return Check(
        document=document, code=result.code, outcome=result.outcome, sentence=result.sentence[:400], evidence=evidence
    )


def form_of(customer: Customer) -> FormFacts:
    """The customer and each owner as the form gives them: documents bear names that people no longer use."""
    return FormFacts(tuple(_person(party) for party in parties_of_customer(customer)))


def _person(party: Party) -> FormPerson:
    return FormPerson(
        names=(party.name, *party.aliases),
        birth_date=party.birth_date,
        nationalities=tuple(party.nationalities),
        addresses=tuple(FormAddress(row.street, row.postcode, row.city) for row in party.addresses.all()),
        identifiers=tuple(FormIdentifier(row.kind, row.value) for row in party.identifiers.all()),
    )
