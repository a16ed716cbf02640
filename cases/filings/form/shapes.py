"""The data of a filing as versioned JSON. Everything may be empty: a draft is kept as it is, and the checks say what lacks.

An empty text or None says "not known"; a format writes that as its own way of saying so. Countries are ISO 3166-1
alpha-2, amounts are in the currency named beside them.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from cases.filings.form.text import plain

SCHEMA_VERSION = 1


def _line(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def _lines(value: Any) -> Any:
    return [plain(item) for item in value if plain(str(item))] if isinstance(value, list) else value


def text(title: str, most: int, hint: str = "", **extra: Any) -> Any:
    """A field of one line."""
    return Field(default="", title=title, max_length=most, description=hint or None, json_schema_extra=extra or None)


Line = Annotated[str, BeforeValidator(_line)]
Lines = Annotated[list[Annotated[str, Field(max_length=300)]], BeforeValidator(_lines)]
Country = Annotated[str, BeforeValidator(lambda value: value.strip().upper() if isinstance(value, str) else value)]
Money = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=3, allow_inf_nan=False)]


class Shape(BaseModel):
    """Part of a filing; unknown names are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Address(Shape):
    """An address; what is not known stays empty."""

    street: Line = text("Street", 300)
    city: Line = text("City", 120)
    state: Line = text("State or province", 60, "of the US, Mexico and Canada: the two or three letters")
    postcode: Line = text("Postcode", 20)
    country: Country = text("Country", 2, "two letters")


class Identifier(Shape):
    """A number that an authority gave."""

    kind: Literal["", "ssn", "ein", "foreign_tax", "passport", "drivers_licence", "alien", "national_id", "other"] = (
        Field(default="", title="Kind")
    )
    number: Line = text("Number", 80)
    country: Country = text("Issued in", 2, "two letters")
    state: Line = text("State", 3)
    other: Line = text("If other: what", 50)


class Account(Shape):
    """An account that the activity touched; without an institution it is ours."""

    number: Line = text("Account number", 60)
    currency: Line = text("Currency", 3)
    closed: bool = Field(default=False, title="Closed")
    institution: Line = text("Held elsewhere: institution", 150)
    institution_tin: Line = text("Its tax number", 25)
    opened_on: date | None = Field(default=None, title="Opened on")


class Subject(Shape):
    """Whom the suspicion is about. `unknown`: nothing about the subject is known."""

    kind: Literal["person", "entity", "unknown"] = Field(default="person", title="Kind")
    customer_id: str = Field(default="", max_length=40, json_schema_extra={"hidden": True})
    is_customer: bool = Field(default=True, title="Is our customer")
    last_name: Line = text("Last name, or name of the organisation", 200)
    first_name: Line = text("First name", 150)
    middle_name: Line = text("Middle name", 100)
    suffix: Line = text("Suffix", 20)
    aliases: Lines = Field(default_factory=list, title="Also known as", description="one a line", max_length=50)
    birth_date: date | None = Field(default=None, title="Born on")
    birth_place: Line = text("Born in", 200)
    gender: Literal["", "female", "male"] = Field(default="", title="Gender")
    nationality: Country = text("Nationality", 2, "two letters")
    incorporated_on: date | None = Field(default=None, title="Incorporated on")
    incorporated_in: Country = text("Registered in", 2, "two letters")
    occupation: Line = text("Occupation or type of business", 120)
    phones: Lines = Field(default_factory=list, title="Phones", description="one a line", max_length=20)
    email: Line = text("E-mail", 200)
    website: Line = text("Website", 300)
    relations: list[
        Literal["accountant", "agent", "appraiser", "attorney", "borrower", "customer", "director", "employee", "officer",
                "owner", "none"]
    ] = Field(default_factory=list, title="Relation to the institution", max_length=11)  # fmt: skip
    addresses: list[Address] = Field(default_factory=list, title="Addresses", max_length=20)
    identifiers: list[Identifier] = Field(default_factory=list, title="Numbers of authorities", max_length=20)
    accounts: list[Account] = Field(default_factory=list, title="Accounts", max_length=50)

    @property
    def name(self) -> str:
        """The name in reading order."""
        parts = (self.first_name, self.middle_name, self.last_name, self.suffix)
        return " ".join(part for part in parts if part) or "Unknown subject"


class Institution(Shape):
    """Who reports: the installation's own particulars, as they were when the filing was drafted."""

    name: Line = text("Name", 150)
    tin: Line = text("Tax number (EIN or TIN)", 25)
    tcc: Line = text("Transmitter control code", 8, "FinCEN; eight characters")
    kind: Line = text("Type of institution", 3, choices="institutions")
    regulator: Line = text("Primary federal regulator", 2, choices="regulators")
    contact: Line = text("Contact office", 150)
    phone: Line = text("Phone", 30)
    email: Line = text("E-mail", 200)
    reporter_first_name: Line = text("Reporting person: first name", 100)
    reporter_last_name: Line = text("Reporting person: last name", 100)
    entity_id: Line = text("Reporting entity number", 12, "goAML; given by the FIU")
    branch: Line = text("Branch", 120)
    swift: Line = text("BIC", 11)
    currency: Line = text("Local currency", 3)
    address: Address = Field(default_factory=Address, title="Address")


class Report(Shape):
    """What kind of report this is."""

    kind: Literal["initial", "continuing", "correction"] = Field(default="initial", title="Kind of report")
    prior_number: Line = text(
        "Number of the prior report", 14, "BSA identifier, 14 digits; zeros where it is not known"
    )
    reference: str = Field(default="", max_length=40, json_schema_extra={"hidden": True})
    joint: bool = Field(default=False, title="Filed jointly with another institution")
    note: Line = text("Note to FinCEN", 50)
    code: Line = text("Report code", 20, "goAML: STR, SAR and so on, as the profile has them", choices="reports")
    action: Line = text("Action taken", 4000)


class Activity(Shape):
    """What is suspected, when and of how much."""

    from_on: date | None = Field(default=None, title="From")
    to_on: date | None = Field(default=None, title="To")
    amount_is: Literal["known", "unknown", "none"] = Field(default="known", title="The amount is")
    amount: Money | None = Field(default=None, title="Amount in total")
    currency: Line = text("Currency", 3)
    cumulative: Money | None = Field(
        default=None, title="Amount with earlier reports", description="continuing activity"
    )
    classes: Lines = Field(
        default_factory=list,
        title="Kinds of suspicious activity",
        max_length=99,
        json_schema_extra={"choices": "classes"},
    )
    other: Line = text("If other: what", 50)
    instruments: Lines = Field(
        default_factory=list,
        title="Products and instruments",
        max_length=31,
        json_schema_extra={"choices": "instruments"},
    )
    indicators: Lines = Field(
        default_factory=list, title="Indicators", max_length=50, json_schema_extra={"choices": "indicators"}
    )
    ip_addresses: Lines = Field(default_factory=list, title="IP addresses", description="one a line", max_length=99)


class Transaction(Shape):
    """One transaction as the ledger has it; `evidence_id` is its id."""

    evidence_id: str = Field(default="", max_length=40)
    number: Line = text("Number", 100)
    on: date | None = Field(default=None, title="Date")
    amount: Money | None = Field(default=None, title="Amount")
    currency: Line = text("Currency", 3)
    local_amount: Money | None = Field(default=None, title="In the local currency")
    direction: Literal["in", "out"] = Field(default="in", title="Direction")
    kind: Line = text("Kind", 40)
    channel: Line = text("Channel", 40)
    account: Line = text("Account", 60)
    counterparty: Line = text("Counterparty", 200)
    counterparty_account: Line = text("Its account", 60)
    counterparty_country: Country = text("Its country", 2)
    reference: Line = text("Reference", 300)


class Citation(Shape):
    """What a mark such as `[3]` in the narrative stands for: a piece of evidence by its id."""

    mark: int
    kind: str = Field(max_length=30)
    evidence_id: str = Field(max_length=40)
    label: str = Field(max_length=300)


class Narrative(Shape):
    """What happened, in words. Marks of `citations` are for those who review it; they are not sent."""

    citations: list[Citation] = Field(default_factory=list, max_length=500, json_schema_extra={"hidden": True})
    text: str = Field(default="", title="Narrative", max_length=40_000)


class FilingData(Shape):
    """Everything a filing says."""

    schema_version: Literal[1] = 1
    report: Report = Field(default_factory=Report, title="Report")
    institution: Institution = Field(default_factory=Institution, title="Institution")
    subjects: list[Subject] = Field(default_factory=list, title="Subjects", max_length=200)
    activity: Activity = Field(default_factory=Activity, title="Suspicious activity")
    transactions: list[Transaction] = Field(default_factory=list, title="Transactions", max_length=5000)
    narrative: Narrative = Field(default_factory=Narrative, title="Narrative")
