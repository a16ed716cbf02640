"""FinCEN's rules beyond its schema: what a report must say, in the words of the form (XML user guide 1.6, section 4)."""

from collections.abc import Iterator
from datetime import date

from cases.filings.form.places import is_country, is_state
from cases.filings.form.shapes import Address, FilingData, Subject
from cases.filings.form.text import digits, latin, parts
from cases.filings.formats.fincen.codes import code_list
from cases.filings.formats.fincen.parties import US, WITH_STATES
from cases.filings.formats.fincen.writer import MOST_PARTS, PART, narrative_text
from core.exceptions import Fault
from core.words import said

_TIN, _TCC, _PRIOR, _PHONE = 9, 8, 14, 10
_ZIP = (5, 9)
_SHORTEST = 100


def broken_rules(data: FilingData, filed_on: date) -> list[Fault]:
    """Everything that keeps the report from being filed, in the order of the form."""
    return [
        *_report(data),
        *_institution(data),
        *_subjects(data, filed_on),
        *_activity(data, filed_on),
        *_narrative(data),
    ]


def _report(data: FilingData) -> Iterator[Fault]:
    prior = data.report.prior_number
    if data.report.kind != "initial" and not (prior.isdecimal() and prior.isascii() and len(prior) == _PRIOR):
        yield Fault(
            "/report/prior_number", "must be the 14 digits of the prior report", "14 zeros where it is not known"
        )


def _institution(data: FilingData) -> Iterator[Fault]:
    ours = data.institution
    for name in ("name", "contact"):
        if not latin(getattr(ours, name)):
            yield Fault(f"/institution/{name}", "is missing")
    if len(digits(ours.tin)) != _TIN:
        yield Fault("/institution/tin", "must have 9 digits")
    if len(latin(ours.tcc)) != _TCC:
        yield Fault("/institution/tcc", "must have 8 characters")
    if len(digits(ours.phone)) < _PHONE:
        yield Fault("/institution/phone", "must have at least 10 digits")
    for name, codes in (("kind", "institutions"), ("regulator", "regulators")):
        if getattr(ours, name) not in code_list(codes):
            yield Fault(f"/institution/{name}", "must be chosen")
    for part in ("street", "city", "postcode", "country"):
        if not latin(getattr(ours.address, part)):
            yield Fault(f"/institution/address/{part}", "is missing")
    yield from _address(ours.address, "/institution/address")


def _address(told: Address, at: str) -> Iterator[Fault]:
    if told.country and not is_country(told.country):
        yield Fault(f"{at}/country", "is no country", "two letters of ISO 3166-1")
    if told.country == US and told.postcode and len(digits(told.postcode)) not in _ZIP:
        yield Fault(f"{at}/postcode", "must have 5 or 9 digits in the United States")
    if told.country == US and told.state and not is_state(told.state):
        yield Fault(f"{at}/state", "is no state of the United States", "two letters")
    if told.country in WITH_STATES and at.startswith("/institution") and not told.state:
        yield Fault(f"{at}/state", "is missing")


def _subjects(data: FilingData, filed_on: date) -> Iterator[Fault]:
    if not data.subjects:
        yield Fault("/subjects", "is empty", "add a subject, of the kind “unknown” where nobody is identified")
    for place, subject in enumerate(data.subjects):
        if subject.kind != "unknown":
            yield from _subject(subject, f"/subjects/{place}", filed_on)


def _subject(told: Subject, at: str, filed_on: date) -> Iterator[Fault]:
    for place, address in enumerate(told.addresses):
        yield from _address(address, f"{at}/addresses/{place}")
    for place, row in enumerate(told.identifiers):
        if row.kind in {"ssn", "ein"} and len(digits(row.number)) != _TIN:
            yield Fault(f"{at}/identifiers/{place}/number", "must have 9 digits")
        if row.number and not row.kind:
            yield Fault(f"{at}/identifiers/{place}/kind", "must be chosen")
        if row.kind == "other" and not latin(row.other):
            yield Fault(f"{at}/identifiers/{place}/other", "is missing", "say what kind of number it is")
    if told.kind == "person" and told.birth_date and told.birth_date > filed_on:
        yield Fault(f"{at}/birth_date", "is in the future")
    if told.kind == "entity" and not latin(told.last_name):
        yield Fault(f"{at}/last_name", "is missing", "or set the kind to “unknown”")


def _activity(data: FilingData, filed_on: date) -> Iterator[Fault]:
    told = data.activity
    if told.from_on is None:
        yield Fault("/activity/from_on", "is missing")
    if told.from_on and told.to_on and told.to_on < told.from_on:
        yield Fault("/activity/to_on", "is before the first day")
    if max(told.from_on or filed_on, told.to_on or filed_on) > filed_on:
        yield Fault("/activity/to_on", "is in the future")
    if told.amount_is == "known" and not told.amount:
        yield Fault("/activity/amount", "is missing", "or say that it is not known, or that none was involved")
    if told.amount_is == "known" and told.amount and told.currency not in {"", "USD"}:
        yield Fault("/activity/currency", "must be USD", "FinCEN takes whole US dollars: convert it at the day's rate")
    if data.report.kind == "continuing" and told.cumulative is None:
        yield Fault("/activity/cumulative", "is missing", "the amount of this and of all earlier reports")
    yield from _classes(data)


def _classes(data: FilingData) -> Iterator[Fault]:
    told = data.activity
    if not told.classes:
        yield Fault("/activity/classes", "is empty", "choose at least one")
    if any(code not in code_list("classes") for code in told.classes):
        yield Fault("/activity/classes", "holds a code that FinCEN does not know")
    if any(code.endswith("999") for code in told.classes) and not latin(told.other):
        yield Fault("/activity/other", "is missing", "say what “other” is")
    if any(code not in code_list("instruments") for code in told.instruments):
        yield Fault("/activity/instruments", "holds a code that FinCEN does not know")


def _narrative(data: FilingData) -> Iterator[Fault]:
    text = narrative_text(data)
    if len(text) < _SHORTEST:
        yield Fault(
            "/narrative/text",
            "is too short",
            said("at least {shortest} characters: who, what, when, where, why and how", shortest=_SHORTEST),
        )
    if len(parts(text, PART)) > MOST_PARTS:
        most = f"{PART * MOST_PARTS:,}"
        yield Fault(
            "/narrative/text",
            said("is longer than five parts of {part} characters", part=f"{PART:,}"),
            said("it has {text}, at most {most}", text=f"{len(text):,}", most=most),
        )
