"""What a report says, under goAML's own element names; every profile picks what it has a place for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases.filings.form.narrative import unmarked
from cases.filings.form.shapes import Account, Address, FilingData, Identifier, Institution, Subject, Transaction
from cases.filings.form.text import parts, printable
from cases.filings.formats.goaml.filling import Told

_NOT_LATIN = 127


def _told(pointer: str, *texts: object) -> Told | None:
    found = tuple(str(text) for text in texts if text not in {None, ""})
    return Told(found, pointer) if found else None


def _day(pointer: str, value: date | None) -> Told | None:
    return _told(pointer, f"{value.isoformat()}T00:00:00" if value else "")


def _amount(pointer: str, value: Decimal | None) -> Told | None:
    return _told(pointer, f"{value:.2f}" if value is not None else "")


class Words:
    """Hands out the parts of a long narrative: each field for words takes one."""

    def __init__(self, text: str, room: int) -> None:
        self._parts = parts(printable(text), room)

    def next(self) -> Told | None:
        """The next part, or nothing."""
        return _told("/narrative/text", self._parts.pop(0)) if self._parts else None


def report_facts(data: FilingData, filed_on: date, defaults: Mapping[str, Any], room: int) -> dict[str, Any]:
    """The whole report: of transactions where it names any, of activity otherwise."""
    ours, codes = data.institution, defaults.get("map", {})
    words = Words(unmarked(data.narrative), room)
    made: dict[str, Any] = {
        "@": "/report", "rentity_id": _told("/institution/entity_id", ours.entity_id),
        "rentity_branch": _told("/institution/branch", ours.branch),
        "submission_code": _told("/report", defaults.get("submission_code", "E")),
        "report_code": _told("/report/code", data.report.code),
        "entity_reference": _told("/report", data.report.reference), "fiu_ref_number": _told("/report/prior_number", _prior(data)),
        "submission_date": _day("/report", filed_on), "currency_code_local": _told("/institution/currency", ours.currency),
        "reporting_person": _reporter(ours), "location": _address(ours.address, "/institution/address"),
        "reason": words.next(), "action": _told("/report/action", data.report.action) or words.next(),
        "report_indicators": {
            "@": "/activity/indicators",
            "indicator": [told for code in data.activity.indicators if (told := _told("/activity/indicators", code))],
        },
    }  # fmt: skip
    if data.transactions:
        rows = [_transaction(row, place, data, codes, words) for place, row in enumerate(data.transactions)]
        made |= {"transaction": rows, "transactions": {"transaction": rows}}
    else:
        made["activity"] = _activity(data, words)
    return made


def _prior(data: FilingData) -> str:
    return data.report.prior_number if data.report.kind != "initial" else ""


def _reporter(ours: Institution) -> dict[str, Any]:
    at = "/institution"
    return {
        "@": at, "first_name": _told(f"{at}/reporter_first_name", ours.reporter_first_name),
        "last_name": _told(f"{at}/reporter_last_name", ours.reporter_last_name),
        "phones": {"@": at, "phone": [_phone(ours.phone, f"{at}/phone")]} if ours.phone else None,
        "addresses": {"@": at, "address": [_address(ours.address, f"{at}/address")]},
        "email": _told(f"{at}/email", ours.email), "occupation": _told(at, "MLRO"),
        "nationality1": _told(at, ours.address.country), "residence": _told(at, ours.address.country),
    }  # fmt: skip


def _phone(number: str, at: str) -> dict[str, Any]:
    return {"@": at, "tph_number": _told(at, number)}


def _address(told: Address, at: str) -> dict[str, Any] | None:
    if not (told.street or told.city):
        return None
    return {
        "@": at, "address": _told(f"{at}/street", told.street, told.city), "city": _told(f"{at}/city", told.city),
        "zip": _told(f"{at}/postcode", told.postcode), "country_code": _told(f"{at}/country", told.country),
        "state": _told(f"{at}/state", told.state),
    }  # fmt: skip


def _activity(data: FilingData, words: Words) -> dict[str, Any]:
    rows = []
    for place, subject in enumerate(data.subjects):
        at = f"/subjects/{place}"
        key = "entity" if subject.kind == "entity" else "person"
        reason = words.next() or _told("/narrative/text", "See the reason of the report.")
        rows.append({"@": at, key: _party(subject, at), "reason": reason, "comments": words.next()})
    return {"@": "/subjects", "report_parties": {"@": "/subjects", "report_party": rows}}


def _party(subject: Subject, at: str) -> dict[str, Any]:
    return _entity(subject, at) if subject.kind == "entity" else _person(subject, at)


def _common(subject: Subject, at: str) -> dict[str, Any]:
    addresses = [_address(row, f"{at}/addresses/{place}") for place, row in enumerate(subject.addresses)]
    phones = [_phone(number, f"{at}/phones") for number in subject.phones]
    taxes = [row.number for row in subject.identifiers if row.kind in {"foreign_tax", "ssn", "ein"}]
    return {
        "@": at, "addresses": {"@": at, "address": [row for row in addresses if row]} if any(addresses) else None,
        "phones": {"@": at, "phone": phones} if phones else None, "email": _told(f"{at}/email", subject.email),
        "tax_number": _told(f"{at}/identifiers", *taxes[:1]),
    }  # fmt: skip


def _person(subject: Subject, at: str) -> dict[str, Any]:
    papers = [(place, row) for place, row in enumerate(subject.identifiers) if row.number]
    passport = next((row for _, row in papers if row.kind == "passport"), None)
    national = next((row for _, row in papers if row.kind in {"national_id", "ssn"}), None)
    residence = subject.addresses[0].country if subject.addresses else subject.nationality
    return _common(subject, at) | {
        "gender": _told(f"{at}/gender", {"female": "F", "male": "M"}.get(subject.gender, "")),
        "first_name": _told(f"{at}/first_name", subject.first_name), "middle_name": _told(f"{at}/middle_name", subject.middle_name),
        "last_name": _told(f"{at}/last_name", subject.last_name), "birthdate": _day(f"{at}/birth_date", subject.birth_date),
        "birth_place": _told(f"{at}/birth_place", subject.birth_place), "alias": _told(f"{at}/aliases", *subject.aliases[:1]),
        "full_name_frn": _told(f"{at}/last_name", subject.name if any(ord(char) > _NOT_LATIN for char in subject.name) else ""),
        "passport_number": _told(f"{at}/identifiers", passport.number if passport else ""),
        "passport_country": _told(f"{at}/identifiers", passport.country if passport else ""),
        "id_number": _told(f"{at}/identifiers", national.number if national else ""),
        "nationality1": _told(f"{at}/nationality", subject.nationality), "residence": _told(at, residence),
        "occupation": _told(f"{at}/occupation", subject.occupation),
        "identification": [_paper(row, f"{at}/identifiers/{place}") for place, row in papers],
        "identifications": {"@": at, "identification": [_paper(row, f"{at}/identifiers/{place}") for place, row in papers]}
        if papers else None,
    }  # fmt: skip


def _paper(row: Identifier, at: str) -> dict[str, Any]:
    return {"@": at, "number": _told(f"{at}/number", row.number), "issue_country": _told(f"{at}/country", row.country)}


def _entity(subject: Subject, at: str) -> dict[str, Any]:
    number = next((row.number for row in subject.identifiers if row.number), "")
    return _common(subject, at) | {
        "name": _told(f"{at}/last_name", subject.last_name),
        "commercial_name": _told(f"{at}/last_name", *subject.aliases[:1], subject.last_name),
        "incorporation_number": _told(f"{at}/identifiers", number), "business": _told(f"{at}/occupation", subject.occupation),
        "incorporation_country_code": _told(f"{at}/incorporated_in", subject.incorporated_in),
        "incorporation_date": _day(f"{at}/incorporated_on", subject.incorporated_on), "url": _told(f"{at}/website", subject.website),
    }  # fmt: skip


def _account(account: Account, subject: Subject, ours: Institution, at: str, of: str) -> dict[str, Any]:
    person = subject.kind != "entity"
    return {
        "@": at, "institution_name": _told(at, account.institution or ours.name), "swift": _told("/institution/swift", ours.swift),
        "branch": _told("/institution/branch", ours.branch), "account": _told(f"{at}/number", account.number),
        "currency_code": _told(f"{at}/currency", account.currency or ours.currency),
        "account_name": _told(at, subject.name), "client_number": _told(at, subject.customer_id[:30]),
        "opened": _day(f"{at}/opened_on", account.opened_on),
        "signatory": [{"@": at, "is_primary": _told(at, "1"), "t_person": _person(subject, of)}] if person else None,
        "t_entity": None if person else _entity(subject, of),
    }  # fmt: skip


def _transaction(
    row: Transaction, place: int, data: FilingData, codes: Mapping[str, Any], words: Words
) -> dict[str, Any]:
    at, ours = f"/transactions/{place}", data.institution
    customer, other = _customer_side(row, data, at), _other_side(row, at)
    giver, taker = (other, customer) if row.direction == "in" else (customer, other)
    local = row.local_amount if row.local_amount is not None else row.amount
    channel = codes.get("channels", {}).get(row.channel, "")
    funds = codes.get("funds", {}).get(row.kind, "")
    made: dict[str, Any] = {
        "@": at, "transactionnumber": _told(f"{at}/number", row.number),
        "internal_ref_number": _told(f"{at}/number", row.evidence_id),
        "transaction_location": _told(at, ours.branch, ours.address.city, ours.name),
        "transaction_description": _told(f"{at}/reference", f"{row.kind} {row.reference}".strip() or "not described"),
        "date_transaction": _day(f"{at}/on", row.on), "transmode_code": _told(f"{at}/channel", channel),
        "transmode_comment": _told(f"{at}/channel", row.channel or "-", (row.channel or "-")[0].upper()),
        "amount_local": _amount(f"{at}/local_amount", local), "comments": words.next(),
    }  # fmt: skip
    for side, (facts, ours_too) in (("from", giver), ("to", taker)):
        told = {"@": at, f"{side}_funds_code": _told(f"{at}/kind", funds)} | {
            f"{side}_{name}": value for name, value in facts.items()
        }
        made[f"t_{side}"] = told
        if ours_too:
            made[f"t_{side}_my_client"] = told
    return made


def _customer_side(row: Transaction, data: FilingData, at: str) -> tuple[dict[str, Any], bool]:
    """Our customer: the first subject that is one, through its account where that is known."""
    places = [place for place, subject in enumerate(data.subjects) if subject.is_customer]
    place = places[0] if places else 0
    subject = data.subjects[place] if data.subjects else Subject(kind="unknown")
    pointer = f"/subjects/{place}" if data.subjects else "/subjects"
    known = Account(number=row.account) if row.account else next(iter(subject.accounts), None)
    account = _account(known, subject, data.institution, f"{at}/account", pointer) if known else None
    key = "entity" if subject.kind == "entity" else "person"
    country = data.institution.address.country
    return {"account": account, key: _party(subject, pointer), "country": _told(at, country)}, True


def _other_side(row: Transaction, at: str) -> tuple[dict[str, Any], bool]:
    """The counterparty, of whom often nothing but a name is known."""
    first, _, last = row.counterparty.rpartition(" ")
    pointer = f"{at}/counterparty"
    account = {
        "@": pointer, "account": _told(f"{at}/counterparty_account", row.counterparty_account),
        "account_name": _told(pointer, row.counterparty),
    }  # fmt: skip
    person = {"@": pointer, "first_name": _told(pointer, first), "last_name": _told(pointer, last)}
    entity = {"@": pointer, "name": _told(pointer, row.counterparty)}
    told = {"account": account if row.counterparty_account else None, "entity": entity, "person": person}
    return told | {"country": _told(f"{at}/counterparty_country", row.counterparty_country)}, False
