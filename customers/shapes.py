"""What a new or changed customer looks like on its way in: checked by the serializer, written by the service."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from customers.enums import PartyKind


@dataclass(frozen=True)
class NewAddress:
    country: str
    street: str = ""
    city: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class NewIdentifier:
    kind: str
    value: str
    country: str = ""


@dataclass(frozen=True)
class NewParty:
    """A person or an organisation; countries are ISO 3166-1 alpha-2."""

    kind: PartyKind
    name: str
    given_names: str = ""
    surname: str = ""
    aliases: tuple[str, ...] = ()
    birth_date: date | None = None
    incorporated_on: date | None = None
    gender: str = ""
    nationalities: tuple[str, ...] = ()
    country: str = ""
    occupation: str = ""
    email: str = ""
    phone: str = ""
    addresses: tuple[NewAddress, ...] = ()
    identifiers: tuple[NewIdentifier, ...] = ()


@dataclass(frozen=True)
class NewOwner:
    party: NewParty
    share_percent: Decimal | None = None
    control: str = ""


@dataclass(frozen=True)
class NewCustomer:
    external_id: str
    party: NewParty
    product: str = ""
    channel: str = ""
    purpose: str = ""
    expected_monthly_volume: Decimal | None = None
    owners: tuple[NewOwner, ...] = field(default=())
