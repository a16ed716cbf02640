"""The customer's facts with where each came from: the form, the documents that say it too, and how sure they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pycountry
from django.utils.formats import date_format
from django.utils.text import capfirst

from core.language import code_in_words, country_in_words, in_words
from core.masking import masked
from core.words import said
from customers.enums import PartyKind
from customers.models import Customer, Party
from documents.enums import FieldSource
from documents.models import Document, Field

FORM, DOCUMENT, MODEL, PERSON = "form", "document", "model", "person"
_KINDS = {FieldSource.LLM: MODEL, FieldSource.PERSON: PERSON}
_PRINTED_ONLY = ("document_number", "date_of_expiry", "issuing_state", "address", "iban")
_OPEN = frozenset({
    "Name", "Also known as", "Nationality", "Gender", "Occupation", "Registered in", "Since", "Date of expiry",
    "Issuing state",
})  # fmt: skip
_NAME_PARTS = ("given_names", "surname")
_ALPHA_3 = 3


@dataclass(frozen=True)
class Source:
    """One place that says a fact. `agrees` is None where there is nothing to compare it with."""

    kind: str
    label: str
    value: str
    confidence: Decimal | None = None
    agrees: bool | None = None
    document_id: UUID | None = None
    field: str = ""


@dataclass(frozen=True)
class Fact:
    """A fact in words, with everything that says it."""

    label: str
    value: str
    sources: tuple[Source, ...]

    @property
    def shown(self) -> str:
        """The value as the reader writes it: countries by name, days in their format; a masked one as it is."""
        return _SHOWN.get(self.label, str)(self.value)


def _country(code: str) -> str:
    """A code as documents print it (alpha-3) as the form has it (alpha-2); what is no country stays as it is."""
    found = pycountry.countries.get(alpha_3=code) if len(code) == _ALPHA_3 else None
    return str(found.alpha_2) if found else code


def _countries(codes: str) -> str:
    return ", ".join(country_in_words(_country(code)) for code in codes.split(", "))


def _day(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value))
    except ValueError:
        return str(in_words(value))


def _gender(value: str) -> str:
    return str(capfirst(code_in_words(value)))


_SHOWN: dict[str, Callable[[str], str]] = {
    "Nationality": _countries, "Registered in": _countries, "Issuing state": _countries,
    "Born": _day, "Since": _day, "Date of expiry": _day, "Gender": _gender, "Occupation": in_words,
}  # fmt: skip
_COMPARED: dict[str, tuple[str, Callable[[str], str]]] = {
    "Born": ("date_of_birth", str),
    "Nationality": ("nationality", _country),
    "Gender": ("sex", str.lower),
}


def facts_of(customer: Customer) -> list[Fact]:
    """The customer's own facts in reading order; what only documents say comes last. A constant number of queries."""
    documents = list(customer.documents.prefetch_related("fields"))
    party = customer.party
    submitted = [Fact(label, value, _sources(label, value, documents)) for label, value in _form_facts(party) if value]
    printed = [
        Fact(field.label, field.value, (_source(document, field, None),))
        for document in documents
        for field in document.fields.all()
        if field.name in _PRINTED_ONLY and not _is_told(field.value, submitted)
    ]
    return submitted + printed


def masked_facts(facts: Iterable[Fact]) -> list[Fact]:
    """The same for eyes that need not read what identifies the customer: whether sources agree stays to be seen."""
    return [
        fact
        if fact.label in _OPEN
        else replace(
            fact,
            value=masked(fact.value),
            sources=tuple(replace(source, value=masked(source.value)) for source in fact.sources),
        )
        for fact in facts
    ]


def _form_facts(party: Party) -> list[tuple[str, str]]:
    addresses = (f"{item.street}, {item.postcode} {item.city}, {item.country}" for item in party.addresses.all())
    own = [(said("Name"), party.name), (said("Also known as"), "; ".join(party.aliases))]
    if party.kind == PartyKind.PERSON:
        own += [
            (said("Born"), party.birth_date.isoformat() if party.birth_date else said("not known")),
            (said("Nationality"), ", ".join(party.nationalities) or said("not known")),
            (said("Gender"), party.gender),
            (said("Occupation"), party.occupation or said("not known")),
        ]
    else:
        own += [
            (said("Registered in"), party.country or said("not known")),
            (said("Since"), party.incorporated_on.isoformat() if party.incorporated_on else said("not known")),
        ]
    own += [("E-mail", party.email), (said("Phone"), party.phone)]
    own += [(said("Address"), address.strip(", ")) for address in addresses]
    own += [(item.kind.replace("_", " ").capitalize(), f"{item.value} {item.country}".strip())
            for item in party.identifiers.all()]  # fmt: skip
    return own


def _sources(label: str, value: str, documents: Iterable[Document]) -> tuple[Source, ...]:
    form = Source(FORM, said("Form"), value)
    return (form, *(found for document in documents for found in _printed(label, value, document)))


def _printed(label: str, value: str, document: Document) -> list[Source]:
    """What a document says of a fact of the form."""
    fields = {field.name: field for field in document.fields.all()}
    if label == "Name":
        parts = [fields[name] for name in _NAME_PARTS if name in fields]
        if not parts:
            return []
        printed = " ".join(field.value for field in parts)
        weakest = min(parts, key=lambda field: field.confidence)
        return [_source(document, weakest, _words(printed) <= _words(value), printed)]
    name, as_submitted = _COMPARED.get(label, ("", str))
    if name not in fields:
        return []
    return [_source(document, fields[name], as_submitted(fields[name].value) in value.split(", "))]


def _source(document: Document, field: Field, agrees: bool | None, value: str = "") -> Source:
    kind = _KINDS.get(FieldSource(field.source), DOCUMENT)
    return Source(kind, document.type_label, value or field.value, field.confidence, agrees, document.pk, field.name)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace("-", " ").split())


def _is_told(value: str, facts: Iterable[Fact]) -> bool:
    return any(value in fact.value for fact in facts)
