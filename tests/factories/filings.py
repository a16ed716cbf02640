"""Filings for tests: complete data, ten variants of it, and filings through the services."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.enums import Role
from cases.filings import services
from cases.filings.form.shapes import (
    Account,
    Activity,
    Address,
    FilingData,
    Identifier,
    Institution,
    Narrative,
    Report,
    Subject,
    Transaction,
)
from cases.filings.models import Filing, FilingProfile
from cases.models import Case
from core.actor import system_actor
from tests.factories.accounts import make_person

ON = date(2026, 11, 21)
STORY = "Between January and February the customer paid in cash below the threshold, eleven times, at four branches. "
US = Address(street="1 Main St", city="Springfield", state="VA", postcode="22150", country="US")
ABROAD = Address(street="Hauptstraße 5", city="Köln", postcode="50667", country="DE")
INSTITUTION = Institution(
    name="Example Bank NA", tin="12-3456789", tcc="TBSATEST", kind="2", regulator="4", contact="Compliance desk",
    phone="+1 555 123 0000", email="desk@bank.example", reporter_first_name="Mila", reporter_last_name="Marsh",
    entity_id="4711", branch="Head office", swift="EXAMUS33", currency="USD", address=US,
)  # fmt: skip
PERSON = Subject(
    last_name="Sample", first_name="Jane", birth_date=date(1980, 1, 1), gender="female", nationality="US", addresses=[US],
    occupation="Trader", phones=["+1 555 999 1111"], email="jane@example.com", relations=["customer"],
    identifiers=[Identifier(kind="ssn", number="999-88-7777", country="US"), Identifier(kind="passport", number="K2470391C", country="US")],
    accounts=[Account(number="DE89 3704 0044 0532 0130 00", currency="USD")],
)  # fmt: skip


def make_transactions(count: int = 3) -> list[Transaction]:
    """Cash in and a transfer out."""
    return [
        Transaction(
            evidence_id=f"id-{number}", number=f"T-{number}", on=date(2026, 1, 2 + number), amount=Decimal(2500),
            currency="USD", local_amount=Decimal(2500), direction="in" if number % 2 else "out", kind="cash",
            channel="branch", account="DE89370400440532013000", counterparty="Acme Trading", counterparty_account="AC-1",
            counterparty_country="DE", reference="rent",
        )
        for number in range(count)
    ]  # fmt: skip


def make_data(**fields: Any) -> FilingData:
    """A report that both formats take."""
    values: dict[str, Any] = {
        "report": Report(code="STR", action="The account is watched."), "institution": INSTITUTION, "subjects": [PERSON],
        "activity": Activity(
            from_on=date(2026, 1, 1), to_on=date(2026, 2, 1), amount=Decimal(12500), currency="USD", classes=["112"],
            instruments=["39"],
        ),
        "transactions": make_transactions(), "narrative": Narrative(text=STORY * 3),
    }  # fmt: skip
    return FilingData(**(values | fields))


def ten_reports() -> dict[str, FilingData]:
    """All kinds of parties, foreign addresses, unknown values, long narratives, names from right to left."""
    entity = Subject(kind="entity", last_name="Nordfeld Trading GmbH", incorporated_in="DE", addresses=[ABROAD],
                     identifiers=[Identifier(kind="foreign_tax", number="DE 123 456", country="DE")])  # fmt: skip
    arabic = PERSON.model_copy(update={"last_name": "الخوارزمي", "first_name": "محمد", "aliases": ["ابن موسى"],
                                       "nationality": "AE", "addresses": [Address(city="دبي", country="AE")]})  # fmt: skip
    hebrew = PERSON.model_copy(update={"last_name": "כהן", "first_name": "\u200fדוד", "middle_name": "בן"})
    activity = make_data().activity
    return {
        "person": make_data(),
        "organisation": make_data(subjects=[entity]),
        "everybody": make_data(subjects=[PERSON, entity, Subject(kind="unknown")]),
        "nobody identified": make_data(subjects=[Subject(kind="unknown")]),
        "a name alone": make_data(subjects=[Subject(last_name="Doe")]),
        "abroad": make_data(subjects=[PERSON.model_copy(update={"addresses": [ABROAD, Address(country="KP")], "nationality": "KP"})]),
        "arabic": make_data(subjects=[arabic]),
        "hebrew": make_data(subjects=[hebrew]),
        "long story": make_data(narrative=Narrative(text=STORY * 140)),
        "amount unknown": make_data(
            activity=activity.model_copy(update={"amount": None, "amount_is": "unknown", "to_on": None, "classes": ["9999", "701"],
                                                 "other": "odd", "ip_addresses": ["192.0.2.7"]}), transactions=[]),
    }  # fmt: skip


def make_filing_profile() -> FilingProfile:
    """FinCEN as a receiver."""
    found = FilingProfile.objects.filter(code="fincen", is_active=True).first()
    return found or services.save_profile(
        code="fincen", title="FinCEN", format="fincen_sar", institution=INSTITUTION.model_dump(mode="json"),
        by=system_actor("tests"),
    )  # fmt: skip


def make_filing(case: Case, **sections: Any) -> Filing:
    """A complete draft about a case, written by a reviewer."""
    author = make_person(Role.REVIEWER)
    filing = services.open_filing(case=case, profile=make_filing_profile(), by=author.actor)
    data = make_data(**sections).model_dump(mode="json")
    for section in ("activity", "narrative", "report"):
        services.save_section(filing_id=filing.pk, section=section, value=data[section], by=author.actor)
    filing.refresh_from_db()
    return filing
