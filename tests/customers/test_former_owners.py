"""An owner who leaves a customer is not forgotten by the product, so that erasing the customer reaches them."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from core.actor import Actor
from customers.enums import CustomerStatus
from customers.models import BeneficialOwner, Customer, FormerOwner, Party
from customers.services import erase_customer, register_customer, set_customer_status
from customers.shapes import NewCustomer, NewOwner, NewParty
from screening.services import screen_customer
from tests.factories.accounts import make_api_client
from tests.factories.cases import make_list
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM

pytestmark = pytest.mark.django_db


def _registered(by: Actor, *owners: str) -> Customer:
    parties = tuple(
        NewOwner(NewParty(kind="person", name=name), share_percent=None, control="board") for name in owners
    )
    new = NewCustomer(
        external_id="F-1", party=NewParty(kind="organisation", name="Quendel GmbH"), product="savings",
        channel="branch", owners=parties,
    )  # fmt: skip
    return register_customer(data=new, by=by)


def _erased(customer: Customer) -> None:
    customer.refresh_from_db()
    set_customer_status(customer=customer, status=CustomerStatus.EXITED, by=SYSTEM)
    erase_customer(customer_id=customer.pk, reason="test", by=SYSTEM)


def test_an_owner_who_left_is_erased_with_the_customer() -> None:
    by = make_api_client().actor
    customer = _registered(by, "Ada Stays", "Bea Leaves")
    _registered(by, "Ada Stays")
    assert FormerOwner.objects.get().party.name == "Bea Leaves"
    _erased(customer)
    assert not Party.objects.filter(name__in=["Ada Stays", "Bea Leaves"]).exists()
    assert not Party.history.filter(name="Bea Leaves").exists()


def test_an_owner_who_left_and_owns_another_customer_stays() -> None:
    by = make_api_client().actor
    customer, other = _registered(by, "Bea Leaves"), make_customer()
    _registered(by)
    BeneficialOwner.objects.create(customer=other, party=FormerOwner.objects.get().party)
    _erased(customer)
    assert Party.objects.filter(name="Bea Leaves").exists()


def test_who_left_before_that_was_kept_is_known_by_what_was_found(tmp_path: Path) -> None:
    by = make_api_client().actor
    customer = _registered(by, "Bea Leaves")
    make_list(tmp_path, "Bea Leaves")
    screen_customer(customer=customer, by=SYSTEM)
    _registered(by)
    FormerOwner.objects.all().delete()
    import_module("screening.migrations.0009_former_owners").tie_former_owners(apps, None)
    assert list(FormerOwner.objects.values_list("customer", "party__name")) == [(customer.pk, "Bea Leaves")]
