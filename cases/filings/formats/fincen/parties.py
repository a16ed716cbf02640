"""The six kinds of party that every batch has: transmitter, its contact, filing institution, contact office, institution where
the activity occurred, subject; and, within a subject, the institutions that hold its accounts."""

from itertools import groupby
from typing import Any

from cases.filings.form.shapes import Account, Address, FilingData, Identifier, Institution, Subject
from cases.filings.form.text import digits, latin
from cases.filings.formats.fincen.sheet import Sheet, day

TRANSMITTER, TRANSMITTER_CONTACT, FILER, CONTACT, PLACE, SUBJECT, HOLDER = "35", "37", "30", "8", "34", "33", "41"
US = "US"
WITH_STATES = {"US", "CA", "MX"}
_TIN = {"ssn": "1", "ein": "2", "foreign_tax": "9"}
_FORMS = {"passport": "6", "drivers_licence": "5", "alien": "7", "national_id": "999", "other": "999"}
_RELATIONS = (
    ("accountant", "AccountantIndicator"), ("agent", "AgentIndicator"), ("appraiser", "AppraiserIndicator"),
    ("attorney", "AttorneyIndicator"), ("borrower", "BorrowerIndicator"), ("customer", "CustomerIndicator"),
    ("director", "DirectorIndicator"), ("employee", "EmployeeIndicator"),
    ("none", "NoRelationshipToInstitutionIndicator"), ("officer", "OfficerIndicator"),
    ("owner", "OwnerShareholderIndicator"),
)  # fmt: skip


def write_parties(sheet: Sheet, activity: Any, data: FilingData) -> None:
    """All parties in the order of the user guide; without a subject, one about whom nothing is known."""
    ours = data.institution
    _transmitter(sheet, activity, ours)
    contact = _party(sheet, activity, TRANSMITTER_CONTACT, "/institution")
    _full_name(sheet, contact, ours.contact, "/institution/contact")
    _institution(sheet, activity, ours, FILER)
    office = _party(sheet, activity, CONTACT, "/institution")
    _full_name(sheet, office, ours.contact, "/institution/contact")
    _phone(sheet, office, ours.phone, "/institution/phone")
    _institution(sheet, activity, ours, PLACE)
    for place, subject in enumerate(data.subjects or [Subject(kind="unknown")]):
        _subject(sheet, activity, subject, ours, f"/subjects/{place}")


def _party(sheet: Sheet, parent: Any, code: str, pointer: str) -> Any:
    element = sheet.group(parent, "Party", pointer)
    sheet.leaf(element, "ActivityPartyTypeCode", code, pointer)
    return element


def _full_name(sheet: Sheet, party: Any, name: str, pointer: str, kind: str = "L") -> None:
    element = sheet.group(party, "PartyName", pointer)
    sheet.leaf(element, "PartyNameTypeCode", kind, pointer)
    sheet.leaf(element, "RawPartyFullName", name, pointer)


def _phone(sheet: Sheet, party: Any, phone: str, pointer: str) -> None:
    if digits(phone):
        sheet.leaf(sheet.group(party, "PhoneNumber", pointer), "PhoneNumberText", digits(phone), pointer)


def _number(sheet: Sheet, party: Any, number: str, kind: str, pointer: str) -> None:
    element = sheet.group(party, "PartyIdentification", pointer)
    sheet.leaf(element, "PartyIdentificationNumberText", number, pointer)
    sheet.leaf(element, "PartyIdentificationTypeCode", kind, pointer)


def _address(sheet: Sheet, party: Any, told: Address, pointer: str) -> None:
    """An address with an indicator for each part that is not known; a state only where there are states."""
    element = sheet.group(party, "Address", pointer)
    stateful = told.country in WITH_STATES or not told.country
    postcode = digits(told.postcode) if told.country == US else told.postcode.replace(" ", "").replace("-", "")
    sheet.flag(element, "CityUnknownIndicator", not latin(told.city), f"{pointer}/city")
    sheet.flag(element, "CountryCodeUnknownIndicator", not told.country, f"{pointer}/country")
    sheet.leaf(element, "RawCityText", told.city, f"{pointer}/city")
    sheet.leaf(element, "RawCountryCodeText", told.country, f"{pointer}/country")
    sheet.leaf(element, "RawStateCodeText", told.state.upper() if stateful else "", f"{pointer}/state")
    sheet.leaf(element, "RawStreetAddress1Text", told.street, f"{pointer}/street")
    sheet.leaf(element, "RawZIPCode", postcode, f"{pointer}/postcode")
    sheet.flag(element, "StateCodeUnknownIndicator", stateful and not latin(told.state), f"{pointer}/state")
    sheet.flag(element, "StreetAddressUnknownIndicator", not latin(told.street), f"{pointer}/street")
    sheet.flag(element, "ZIPCodeUnknownIndicator", not latin(postcode), f"{pointer}/postcode")


def _transmitter(sheet: Sheet, activity: Any, ours: Institution) -> None:
    party = _party(sheet, activity, TRANSMITTER, "/institution")
    _full_name(sheet, party, ours.name, "/institution/name")
    _address(sheet, party, ours.address, "/institution/address")
    _phone(sheet, party, ours.phone, "/institution/phone")
    _number(sheet, party, digits(ours.tin), "4", "/institution/tin")
    _number(sheet, party, ours.tcc.upper(), "28", "/institution/tcc")


def _institution(sheet: Sheet, activity: Any, ours: Institution, code: str) -> None:
    party = _party(sheet, activity, code, "/institution")
    sheet.flag(party, "NoBranchActivityInvolvedIndicator", code == PLACE, "/institution")
    sheet.leaf(party, "PrimaryRegulatorTypeCode", ours.regulator, "/institution/regulator")
    _full_name(sheet, party, ours.name, "/institution/name")
    _address(sheet, party, ours.address, "/institution/address")
    _number(sheet, party, digits(ours.tin), "2", "/institution/tin")
    kind = sheet.group(party, "OrganizationClassificationTypeSubtype", "/institution/kind")
    sheet.leaf(kind, "OrganizationTypeID", ours.kind, "/institution/kind")


def _subject(sheet: Sheet, activity: Any, told: Subject, ours: Institution, at: str) -> None:
    party = _party(sheet, activity, SUBJECT, at)
    if told.kind == "unknown":
        sheet.flag(party, "AllCriticalSubjectInformationUnavailableIndicator", True, f"{at}/kind")
        sheet.flag(party, "NoKnownAccountInvolvedIndicator", True, f"{at}/accounts")
        return
    _personal(sheet, party, told, at)
    _names(sheet, party, told, at)
    for place, address in enumerate(told.addresses or [Address()]):
        _address(sheet, party, address, f"{at}/addresses/{place}")
    for phone in told.phones:
        _phone(sheet, party, phone, f"{at}/phones")
    _identification(sheet, party, told, at)
    if latin(told.occupation):
        element = sheet.group(party, "PartyOccupationBusiness", f"{at}/occupation")
        sheet.leaf(element, "OccupationBusinessText", told.occupation, f"{at}/occupation")
    for value, kind, name in ((told.email, "E", "email"), (told.website, "U", "website")):
        if latin(value):
            element = sheet.group(party, "ElectronicAddress", f"{at}/{name}")
            sheet.leaf(element, "ElectronicAddressText", value, f"{at}/{name}")
            sheet.leaf(element, "ElectronicAddressTypeCode", kind, f"{at}/{name}")
    _relation(sheet, party, told, ours, at)
    _accounts(sheet, party, told, ours, at)


def _personal(sheet: Sheet, party: Any, told: Subject, at: str) -> None:
    person = told.kind == "person"
    sheet.flag(party, "BirthDateUnknownIndicator", person and told.birth_date is None, f"{at}/birth_date")
    sheet.flag(party, "FemaleGenderIndicator", person and told.gender == "female", f"{at}/gender")
    sheet.leaf(party, "IndividualBirthDateText", day(told.birth_date) if person else "", f"{at}/birth_date")
    sheet.flag(party, "MaleGenderIndicator", person and told.gender == "male", f"{at}/gender")
    sheet.flag(party, "NoKnownAccountInvolvedIndicator", not told.accounts, f"{at}/accounts")
    sheet.flag(party, "PartyAsEntityOrganizationIndicator", not person, f"{at}/kind")
    sheet.flag(party, "UnknownGenderIndicator", person and not told.gender, f"{at}/gender")


def _names(sheet: Sheet, party: Any, told: Subject, at: str) -> None:
    person = told.kind == "person"
    element = sheet.group(party, "PartyName", f"{at}/last_name")
    sheet.flag(element, "EntityLastNameUnknownIndicator", not latin(told.last_name), f"{at}/last_name")
    sheet.flag(element, "FirstNameUnknownIndicator", person and not latin(told.first_name), f"{at}/first_name")
    sheet.leaf(element, "PartyNameTypeCode", "L", f"{at}/last_name")
    sheet.leaf(element, "RawEntityIndividualLastName", told.last_name, f"{at}/last_name")
    if person:
        sheet.leaf(element, "RawIndividualFirstName", told.first_name, f"{at}/first_name")
        sheet.leaf(element, "RawIndividualMiddleName", told.middle_name, f"{at}/middle_name")
        sheet.leaf(element, "RawIndividualNameSuffixText", told.suffix, f"{at}/suffix")
    for alias in dict.fromkeys(latin(name) for name in told.aliases):
        if alias:
            _full_name(sheet, party, alias, f"{at}/aliases", "AKA")


def _identification(sheet: Sheet, party: Any, told: Subject, at: str) -> None:
    """Tax numbers, then forms of identification; an indicator for each of the two where there is none."""
    rows = [(f"{at}/identifiers/{place}", row) for place, row in enumerate(told.identifiers) if latin(row.number)]
    taxes = [(pointer, row) for pointer, row in rows if row.kind in _TIN]
    for pointer, row in taxes:
        _identifier(sheet, party, row, _TIN[row.kind], pointer)
    if not taxes:
        element = sheet.group(party, "PartyIdentification", f"{at}/identifiers")
        sheet.flag(element, "TINUnknownIndicator", True, f"{at}/identifiers")
    forms = [(pointer, row) for pointer, row in rows if row.kind in _FORMS]
    for pointer, row in forms:
        _identifier(sheet, party, row, _FORMS[row.kind], pointer)
    if not forms and told.kind == "person":
        element = sheet.group(party, "PartyIdentification", f"{at}/identifiers")
        sheet.flag(element, "IdentificationPresentUnknownIndicator", True, f"{at}/identifiers")


def _identifier(sheet: Sheet, party: Any, row: Identifier, kind: str, pointer: str) -> None:
    element = sheet.group(party, "PartyIdentification", pointer)
    is_form = row.kind in _FORMS
    other = (row.other or "national identity number") if kind == "999" else ""
    sheet.leaf(element, "OtherIssuerCountryText", row.country if is_form else "", f"{pointer}/country")
    state = row.state.upper() if is_form and row.country in WITH_STATES else ""
    sheet.leaf(element, "OtherIssuerStateText", state, f"{pointer}/state")
    sheet.leaf(element, "OtherPartyIdentificationTypeText", other, f"{pointer}/other")
    number = "".join(char for char in latin(row.number) if char.isalnum())
    sheet.leaf(element, "PartyIdentificationNumberText", number, f"{pointer}/number")
    sheet.leaf(element, "PartyIdentificationTypeCode", kind, f"{pointer}/kind")


def _relation(sheet: Sheet, party: Any, told: Subject, ours: Institution, at: str) -> None:
    if not told.relations:
        return
    element = sheet.group(party, "PartyAssociation", f"{at}/relations")
    for code, name in _RELATIONS:
        sheet.flag(element, name, code in told.relations, f"{at}/relations")
    sheet.leaf(element, "SubjectRelationshipFinancialInstitutionTINText", digits(ours.tin), "/institution/tin")


def _accounts(sheet: Sheet, party: Any, told: Subject, ours: Institution, at: str) -> None:
    """Accounts by the institution that holds them; ours are under our own number."""
    rows = [(place, row) for place, row in enumerate(told.accounts) if latin(row.number)]
    if not rows:
        return
    outer = sheet.group(party, "PartyAccountAssociation", f"{at}/accounts")
    sheet.leaf(outer, "PartyAccountAssociationTypeCode", "7", f"{at}/accounts")

    def holder_of(item: tuple[int, Account]) -> tuple[str, str]:
        return item[1].institution, item[1].institution_tin

    for (institution, tin), held in groupby(sorted(rows, key=holder_of), key=holder_of):
        holder = _party(sheet, outer, HOLDER, f"{at}/accounts")
        number = digits(tin) if institution else digits(ours.tin)
        identification = sheet.group(holder, "PartyIdentification", f"{at}/accounts")
        if number:
            sheet.leaf(identification, "PartyIdentificationNumberText", number, f"{at}/accounts")
            sheet.leaf(identification, "PartyIdentificationTypeCode", "4", f"{at}/accounts")
        else:
            sheet.flag(identification, "TINUnknownIndicator", True, f"{at}/accounts")
        for place, row in held:
            pointer = f"{at}/accounts/{place}"
            element = sheet.group(holder, "Account", pointer)
            sheet.leaf(element, "AccountNumberText", row.number.replace(" ", ""), f"{pointer}/number")
            inner = sheet.group(element, "PartyAccountAssociation", pointer)
            sheet.flag(inner, "AccountClosedIndicator", row.closed, f"{pointer}/closed")
            sheet.leaf(inner, "PartyAccountAssociationTypeCode", "5", pointer)
