"""Whose document it is, among those the form names."""

from documents.extraction.checks.shapes import DocumentFacts, FormFacts, FormPerson
from documents.extraction.names import is_same_name, likeness


def person_of(document: DocumentFacts, form: FormFacts) -> FormPerson | None:
    """The person of the form whose name is most like the labelled one; None where no name was read."""
    printed = document.name
    if not printed or not form.people:
        return None
    return max(form.people, key=lambda person: max(_closeness(printed, name) for name in person.names))


def nearest_name(printed: str, person: FormPerson) -> str:
    """The person's name that is most like `printed`."""
    return max(person.names, key=lambda name: _closeness(printed, name))


def _closeness(printed: str, name: str) -> tuple[bool, float]:
    return is_same_name(printed, name), likeness(printed, name)
