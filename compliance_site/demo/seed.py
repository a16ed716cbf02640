"""Seeding: idempotent, quick, and through the services, so that its record and runs are true."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from accounts.enums import Role
from accounts.models import ApiClient, User
from accounts.roles import permissions_of
from accounts.services import create_api_client, create_api_key, create_person
from cases.services import NewDocument, NewSubmission, open_case
from compliance_site.demo.passports import DemoPassport, draw_passport
from compliance_site.shipped import ensure_what_ships
from core.actor import system_actor
from core.clock import now, today
from customers.enums import PartyKind
from customers.shapes import NewAddress, NewCustomer, NewOwner, NewParty
from monitoring.services import ingest_transactions
from screening.demo_list import import_demo_list

_PASSWORD = "probity-demo-2026"  # noqa: S105 - printed at the start of a demonstration, made nowhere else
_CLIENT = "Demo core banking"
_PEOPLE = (
    ("ana.analyst", "Ana Analyst", Role.ANALYST), ("rui.reviewer", "Rui Reviewer", Role.REVIEWER),
    ("mila.mlro", "Mila Morgenstern", Role.MLRO), ("audra.auditor", "Audra Auditor", Role.AUDITOR),
    ("adam.admin", "Adam Administrator", Role.ADMINISTRATOR),
)  # fmt: skip


@dataclass(frozen=True)
class DemoLogin:
    """A line of what the start prints; the API client's password is its key's file."""

    username: str
    password: str
    role: str


def demo_logins() -> list[DemoLogin]:
    """The demonstration's logins; empty where it has not been seeded."""
    if not ApiClient.objects.filter(name=_CLIENT).exists():
        return []
    people = [DemoLogin(username, _PASSWORD, role) for username, _, role in _PEOPLE]
    return [*people, DemoLogin(_CLIENT, f"key in {settings.DATA_DIR / 'demo-api-key'}", Role.SERVICE_ACCOUNT)]


@transaction.atomic
def seed_demo() -> bool:
    """Seeds the demonstration once; False where it is there. What is queued is worked by the workers afterwards."""
    if ApiClient.objects.filter(name=_CLIENT).exists():
        return False
    by = system_actor("demonstration")
    for username, full_name, role in _PEOPLE:
        create_person(username=username, full_name=full_name, role=role, password=_PASSWORD, by=by)
    administrator = User.objects.get(username="adam.admin").actor
    client = create_api_client(name=_CLIENT, scopes=sorted(permissions_of(Role.SERVICE_ACCOUNT)), by=administrator)
    _, key = create_api_key(client_id=client.pk, valid_for=timedelta(days=365), by=administrator)
    path = settings.DATA_DIR / "demo-api-key"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(key + "\n")
    ensure_what_ships()
    import_demo_list(by=administrator)
    for submission in _submissions():
        open_case(data=submission, by=client.actor)
    ingest_transactions(rows=_transactions(), source="demonstration", by=client.actor)
    return True


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


def _aliases(surname: str, given: str) -> tuple[str, ...]:
    """The Latin spelling beside a name in another script."""
    latin = f"{_latin(given)} {_latin(surname)}"
    return () if f"{given} {surname}".isascii() else (latin.title(),)


def _latin(name: str) -> str:
    """A name as a passport's zone prints it."""
    known = {"محمود": "MAHMOUD", "الزهراني": "AL ZAHRANI", "Łukasz": "LUKASZ", "Żółkiewski": "ZOLKIEWSKI"}
    return known.get(name, name).upper()


def _submissions() -> list[NewSubmission]:
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
    ]


def _transactions() -> list[dict[str, object]]:
    """Quiet months for one customer, then three payments just below the threshold."""
    rows = [_row(number, 90 - 4 * number, 420 + 7 * number, "in" if number % 3 else "out") for number in range(20)]
    return [*rows, *(_row(100 + number, 4 - number, 9350 + 40 * number, "in") for number in range(3))]


def _row(number: int, days_ago: int, amount: int, direction: str) -> dict[str, object]:
    return {
        "external_id": f"DEMO-T-{number:03d}", "customer_external_id": "DEMO-001", "account": "DE00DEMO0001",
        "direction": direction, "amount": amount, "currency": settings.BASE_CURRENCY, "type": "transfer",
        "channel": "online", "counterparty_name": "Sample Trading", "counterparty_country": "DE",
        "booked_at": (now() - timedelta(days=days_ago, hours=1)).isoformat(),
    }  # fmt: skip
