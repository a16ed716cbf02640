"""What links parties."""

import pytest

from customers.enums import LinkKind, PartyKind
from customers.links import link_keys
from customers.selectors import linked_customer_ids, party_links
from customers.services import register_customer
from customers.shapes import NewAddress, NewCustomer, NewIdentifier, NewOwner, NewParty
from tests.factories.accounts import make_api_client


def _register(number: int, name: str, *, owners: tuple[NewOwner, ...] = (), **facts: object):
    data = NewCustomer(
        external_id=f"L-{number}", party=NewParty(kind=PartyKind.PERSON, name=name, **facts), owners=owners
    )
    return register_customer(data=data, by=make_api_client().actor)


def test_one_spelling_of_each() -> None:
    keys = link_keys(
        "Ada", None, "+49 (0)30-1234567", " Ada@Example.ORG", [NewAddress("DE", "Straße der Füße 7", "Köln", "50667")],
        [NewIdentifier("passport", "c01x 00t47", "DE"), NewIdentifier("iban", "DE02 1203 0000 0000 2020 51")],
    )  # fmt: skip
    assert keys == {
        (LinkKind.PHONE, "490301234567"), (LinkKind.EMAIL, "ada@example.org"),
        (LinkKind.ADDRESS, "straße der fuße 7 50667 koln de"), (LinkKind.DOCUMENT, "DEC01X00T47"),
        (LinkKind.IBAN, "DE02120300000000202051"),
    }  # fmt: skip


def test_what_is_too_short_or_without_a_street_links_nobody() -> None:
    assert link_keys("", None, "112", "", [NewAddress("DE", "", "Köln")], [NewIdentifier("id", "1")]) == set()


@pytest.mark.django_db
def test_customers_that_share_something_are_linked_with_what_it_is() -> None:
    one = _register(1, "One", phone="+49 30 1234567", email="x@example.org")
    two = _register(2, "Two", phone="0049301234567", identifiers=(NewIdentifier("device", "ABCDEF-1"),))
    owner = NewOwner(NewParty(kind=PartyKind.PERSON, name="Boss", identifiers=(NewIdentifier("device", "abcdef 1"),)))
    three = _register(3, "Three", owners=(owner,))
    _register(4, "Four", email="y@example.org")
    assert set(linked_customer_ids(two)) == {one.pk, three.pk}
    assert {(link.kind, link.customer.pk) for link in party_links(two)} == {
        (LinkKind.PHONE, one.pk), (LinkKind.DEVICE, three.pk),
    }  # fmt: skip


@pytest.mark.django_db
def test_changed_facts_change_the_links() -> None:
    client = make_api_client()
    one = _register(1, "One", email="x@example.org")
    for email in ("x@example.org", "z@example.org"):
        data = NewCustomer(external_id="L-9", party=NewParty(kind=PartyKind.PERSON, name="Nine", email=email))
        nine = register_customer(data=data, by=client.actor)
    assert linked_customer_ids(one) == []
    assert linked_customer_ids(nine) == []
