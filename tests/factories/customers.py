"""Customers, organisations and owners for tests."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from accounts.models import ApiClient
from customers.enums import PartyKind
from customers.models import BeneficialOwner, Customer, Party
from tests.factories.accounts import make_api_client

_numbers = count(1)


def make_party(**fields: Any) -> Party:
    """A person born in 1984."""
    values = {"kind": PartyKind.PERSON, "name": "Jane Citizen", "birth_date": date(1984, 6, 7), "nationalities": ["AU"]}
    return Party.objects.create(**(values | fields))


def make_customer(*, client: ApiClient | None = None, product: str = "savings", **party: Any) -> Customer:
    """A person who is a customer; keyword arguments are facts of the party."""
    return Customer.objects.create(
        party=make_party(**party), external_id=f"C-{next(_numbers)}", product=product, channel="branch",
        registered_by_client=client or make_api_client(),
    )  # fmt: skip


def make_organisation(**fields: Any) -> Customer:
    """An organisation that is a customer."""
    values = {"kind": PartyKind.ORGANISATION, "name": "Nordfeld Trading GmbH", "birth_date": None, "country": "DE"}
    return make_customer(**(values | {"nationalities": []} | fields))


def make_owner(customer: Customer, *, share: str = "60", **party: Any) -> BeneficialOwner:
    """A beneficial owner of the customer."""
    return BeneficialOwner.objects.create(customer=customer, party=make_party(**party), share_percent=Decimal(share))
