"""Traces in the file: things that act, editors, words nobody sees, texts meant for a machine, copies elsewhere."""

from core.words import said
from documents.extraction.active import ACTIVE
from documents.extraction.checks.shapes import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    CheckResult,
    DocumentFacts,
    Evidence,
    OtherDocument,
)
from documents.extraction.classify import IDENTITY
from documents.extraction.instructions import instructions_in

_SAME = {
    "file": said("The same file was sent for another customer."),
    "picture": said("A picture of the same page with nearly the same words was sent for another customer."),
    "number": said("A document of the same kind and number was sent for another customer."),
}
_MOST_BOXES = 20


def trace_checks(document: DocumentFacts, others: tuple[OtherDocument, ...]) -> list[CheckResult]:
    """What the file and the other documents of this installation give away."""
    return [
        _active(document), _visible(document), _instructions(document), _edited(document), _duplicate(document, others),
    ]  # fmt: skip


def _active(document: DocumentFacts) -> CheckResult:
    code, found = "no_active_content", document.inspection
    if found.active:
        told = ", ".join(ACTIVE.get(item, item) for item in found.active)
        return CheckResult(
            code, FAILED, said("The file contains {told}. The pages shown here are pictures: nothing runs.", told=told)
        )
    if not found.complete:
        return CheckResult(code, FAILED, "The file could not be searched for active content. Nothing of it runs here.")
    return CheckResult(code, PASSED, "The file contains nothing that acts.")


def _visible(document: DocumentFacts) -> CheckResult:
    code = "text_is_visible"
    if not any(page.source == "text" for page in document.pages):
        return CheckResult(code, NOT_APPLICABLE, "The file has no text of its own beside its picture.")
    hidden = document.inspection.hidden
    if hidden:
        boxes = tuple(Evidence(word.page, word.box) for word in hidden[:_MOST_BOXES])
        told = said("{hidden} words of the file's text cannot be seen on its pages.", hidden=len(hidden))
        return CheckResult(code, FAILED, told, boxes)
    return CheckResult(code, PASSED, "All text of the file can be seen on its pages.")


def _instructions(document: DocumentFacts) -> CheckResult:
    code = "no_instructions"
    found = [Evidence(page.number, box) for page in document.pages for box in instructions_in(page)]
    if found:
        told = said("The document contains text that reads like an instruction to a machine. It was not followed.")
        return CheckResult(code, FAILED, told, tuple(found[:_MOST_BOXES]))
    return CheckResult(code, PASSED, "No text on it reads like an instruction to a machine.")


def _edited(document: DocumentFacts) -> CheckResult:
    """Of identity documents alone: everybody else may design a bill with whatever program."""
    code, software = "no_editor_named", document.inspection.software
    if document.document_type not in IDENTITY:
        return CheckResult(code, NOT_APPLICABLE, "Only pictures of identity documents are checked for editors.")
    if software:
        told = said(
            "The file says that it was saved with {software}. That alone proves nothing.", software=", ".join(software)
        )
        return CheckResult(code, FAILED, told)
    return CheckResult(code, PASSED, "The file names no program for changing pictures. That alone proves nothing.")


def _duplicate(document: DocumentFacts, others: tuple[OtherDocument, ...]) -> CheckResult:
    code = "not_sent_for_another"
    for sameness, told in _SAME.items():
        found = tuple(other.evidence for other in others if other.sameness == sameness)
        if found:
            return CheckResult(code, FAILED, told, found)
    return CheckResult(code, PASSED, "No document of another customer looks the same.")
