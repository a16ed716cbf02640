"""Who the demonstration is about: seventeen customers of many kinds, all invented."""

from datetime import date, timedelta
from decimal import Decimal

from cases.services import NewDocument, NewSubmission
from compliance_site.demo.batches import MANUFACTURER
from compliance_site.demo.passports import DemoPassport, draw_passport
from core.clock import today
from customers.enums import PartyKind
from customers.shapes import NewAddress, NewCustomer, NewOwner, NewParty


def _person(number: int, surname: str, given: str, born: date, country: str, **more: object) -> NewSubmission:
    """A person with a passport that is valid for years."""
    passport = DemoPassport(
        _latin(surname), _latin(given), f"U{1000000 + number}", born, today() + timedelta(days=2000),
        sex=str(more.get("sex", "F")),
    )  # fmt: skip
    party = NewParty(
        kind=PartyKind.PERSON, name=f"{given} {surname}", given_names=given, surname=surname, birth_date=born,
        aliases=_aliases(surname, given), nationalities=(country,), occupation=str(more.get("occupation", "engineer")),
        addresses=(NewAddress(country=country, street="Harbour Street 7", city="Porto Nuovo", postcode="4000"),),
    )  # fmt: skip
    customer = NewCustomer(
        external_id=f"DEMO-{number:03d}", party=party, product=str(more.get("product", "savings")), channel="branch",
        purpose="salary account", expected_monthly_volume=Decimal(4000),
    )  # fmt: skip
    return NewSubmission(customer, (NewDocument("passport.jpg", draw_passport(passport)),))


def _without_passport() -> list[NewSubmission]:
    """People who sent no document; between them long names, several scripts, and what later work is done on."""
    told = (
        (
            8,
            "Maximiliane Theodora Wilhelmine Gräfin von Hohenstein-Falkenburg zu Lichtenau-Ebersbach",
            "DE",
            (),
            "lawyer",
        ),
        (9, "ישראלה בן־דוד", "IL", ("Israela Ben David",), "jeweller"),
        (10, "Надежда Андреевна Соколова", "KZ", ("Nadezhda Sokolova",), "translator"),
        (11, "Αλέξανδρος Παπαδόπουλος", "GR", ("Alexandros Papadopoulos",), "importer"),
        (12, "José Ñíguez de la Peña", "ES", (), "car dealer"),
        (13, "Ola Nordmann-Eriksen", "NO", (), "fisherman"),
        (14, "Priya Raghunathan", "IN", (), "consultant"),
        (15, "Tomás Weiß", "AT", (), "baker"),
    )
    return [
        NewSubmission(NewCustomer(
            external_id=f"DEMO-{number:03d}", product="payments", channel="online", purpose="business account",
            expected_monthly_volume=Decimal(6000), party=NewParty(
                kind=PartyKind.PERSON, name=name, aliases=aliases, nationalities=(country,), occupation=occupation,
                birth_date=date(1970 + number, 1 + number % 12, 2 * number), email=f"customer{number}@example.org",
                phone=f"+352 621 000 {number:03d}",
                addresses=(NewAddress(country=country, street=f"Long Street {number}", city="Sampleton"),),
            ),
        ))
        for number, name, country, aliases, occupation in told
    ]  # fmt: skip


def _company_right_to_left() -> NewCustomer:
    owner = NewParty(
        kind=PartyKind.PERSON, name="نورة بنت عبد الله الكعبي", birth_date=date(1981, 8, 19), nationalities=("AE",),
        aliases=("Noura Al Kaabi",),
    )  # fmt: skip
    company = NewParty(
        kind=PartyKind.ORGANISATION, name="شركة النور للتجارة والمقاولات العامة", country="AE",
        aliases=("Al Noor Trading and General Contracting",), incorporated_on=date(2009, 11, 4),
    )  # fmt: skip
    return NewCustomer(
        external_id="DEMO-016", party=company, product="trade_finance", channel="branch",
        owners=(NewOwner(owner, Decimal(100)),),
    )  # fmt: skip


def _manufacturer() -> NewCustomer:
    owner = NewParty(
        kind=PartyKind.PERSON, name="Giulia Samperi", birth_date=date(1972, 2, 11), nationalities=("IT",)
    )  # fmt: skip
    company = NewParty(
        kind=PartyKind.ORGANISATION, name="Samplamine Pharmaceuticals S.A.", country="LU", incorporated_on=date(2003, 6, 16),
    )  # fmt: skip
    return NewCustomer(
        external_id=MANUFACTURER, party=company, product="payments", channel="branch",
        owners=(NewOwner(owner, Decimal(100)),),
    )  # fmt: skip


def _aliases(surname: str, given: str) -> tuple[str, ...]:
    """The Latin spelling beside a name in another script."""
    latin = f"{_latin(given)} {_latin(surname)}"
    return () if f"{given} {surname}".isascii() else (latin.title(),)


def _latin(name: str) -> str:
    """A name as a passport's zone prints it."""
    known = {"محمود": "MAHMOUD", "الزهراني": "AL ZAHRANI", "Łukasz": "LUKASZ", "Żółkiewski": "ZOLKIEWSKI"}
    return known.get(name, name).upper()


def demo_submissions() -> list[NewSubmission]:
    owner = NewParty(
        kind=PartyKind.PERSON, name="Abdul-Karim Al Rashadi", birth_date=date(1975, 5, 2), nationalities=("SY",)
    )
    company = NewParty(
        kind=PartyKind.ORGANISATION, name="Meridian Shipping and Chartering Company of the Northern Islands Ltd",
        country="MT", incorporated_on=date(2014, 3, 11),
    )  # fmt: skip
    organisation = NewCustomer(
        external_id="DEMO-006", party=company, product="trade_finance", channel="intermediary",
        owners=(NewOwner(owner, Decimal(60)), NewOwner(NewParty(kind=PartyKind.PERSON, name="Elena Castellan"), Decimal(40))),
    )  # fmt: skip
    return [
        _person(1, "Fernweh", "Clara", date(1990, 4, 17), "DE"),
        _person(2, "Morosenko", "Wiktor", date(1969, 3, 14), "RU", occupation="art dealer", sex="M"),
        _person(3, "الزهراني", "محمود", date(1988, 9, 30), "JO", sex="M"),
        _person(4, "Żółkiewski", "Łukasz", date(1979, 12, 5), "PL", sex="M"),
        _person(5, "Brandvoort", "Ilsa", date(1985, 6, 1), "NL", product="payments"),
        NewSubmission(organisation, (NewDocument("extract.pdf", b"this is not a document"),)),
        _person(7, "Okonjo-Baptiste", "Amara", date(1994, 1, 22), "PT"),
        *_without_passport(),
        NewSubmission(_company_right_to_left()),
        NewSubmission(_manufacturer()),
    ]
