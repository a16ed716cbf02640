"""Registering customers, their serializer, their visibility."""

from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from audit.models import AuditEntry
from core.exceptions import NotFound
from customers.models import Customer
from customers.risk.evidence import RiskEvidence
from customers.selectors import current_rating, customer_for, parties_of_customer
from customers.serializers import CustomerInput
from customers.services import rate_customer, register_customer
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.customers import make_customer, make_organisation, make_owner

pytestmark = pytest.mark.django_db
GOOD = {
    "external_id": "X-1",
    "kind": "person",
    "name": "Zoë Marker",
    "birth_date": "1984-06-07",
    "nationalities": ["AU"],
}


def _register(client: Any, **changes: Any) -> Customer:
    serializer = CustomerInput(data=GOOD | changes)
    serializer.is_valid(raise_exception=True)
    return register_customer(data=serializer.to_new_customer(), by=client.actor)


def test_register_customer_twice_changes_the_facts_and_keeps_history() -> None:
    client = make_api_client()
    first = _register(client)
    second = _register(client, name="Zoë Marker-Smith")
    assert first.pk == second.pk
    assert second.party.history.count() == 2


def test_register_customer_of_another_client_is_another_customer() -> None:
    assert _register(make_api_client()).pk != _register(make_api_client()).pk


def test_register_customer_leaves_no_name_in_the_clear_on_the_record() -> None:
    _register(make_api_client())
    assert not [entry for entry in AuditEntry.objects.all() if b"Marker" in bytes(entry.body)]


def test_register_customer_without_an_owner_that_was_there_removes_it() -> None:
    client = make_api_client()
    owners = [{"kind": "person", "name": "A B", "share_percent": "60"}, {"kind": "person", "name": "C D"}]
    facts = {"kind": "organisation", "birth_date": None, "nationalities": [], "country": "DE"}
    _register(client, **facts, owners=owners)
    customer = _register(client, **facts, owners=owners[:1])
    assert [party.name for party in parties_of_customer(customer)] == ["Zoë Marker", "A B"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "name"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"birth_date": "1850-01-01"}, "birth_date"),
        ({"nationalities": ["XX"]}, "nationalities"),
        ({"kind": "robot"}, "kind"),
        ({"nmae": "typo"}, "nmae"),
        (
            {
                "owners": [
                    {"kind": "person", "name": "A", "share_percent": "70"},
                    {"kind": "person", "name": "B", "share_percent": "40"},
                ]
            },
            "owners",
        ),
        ({"addresses": [{"street": "x"}]}, "addresses"),
    ],
)
def test_customer_input_with_a_fault_names_the_key(change: dict[str, object], pointer: str) -> None:
    serializer = CustomerInput(data=GOOD | change)
    assert not serializer.is_valid()
    assert pointer in serializer.errors


def test_customer_input_with_name_parts_needs_no_whole_name() -> None:
    data = {key: value for key, value in GOOD.items() if key != "name"} | {"given_names": "Zoë", "surname": "Marker"}
    serializer = CustomerInput(data=data)
    assert serializer.is_valid()
    assert serializer.to_new_customer().party.name == "Zoë Marker"


def test_customer_for_another_clients_customer_is_not_found() -> None:
    with pytest.raises(NotFound):
        customer_for(make_api_client(), make_customer().pk)


def test_rate_customer_keeps_every_factor_with_its_reason() -> None:
    customer = make_organisation()
    make_owner(customer)
    rate_customer(customer=customer, evidence=RiskEvidence(open_hits=1), by=make_person().actor)
    rating = current_rating(customer)
    assert rating is not None
    assert {"geography", "ownership", "screening"} <= {factor.code for factor in rating.factors.all()}


def test_customer_api_of_a_foreign_customer_answers_404(client: Client) -> None:
    _, key = make_api_key()
    answer = client.get(f"/api/v1/customers/{make_customer().pk}", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 404


def test_customer_detail_is_recorded_as_a_look(client: Client) -> None:
    client.force_login(make_person(Role.ANALYST))
    customer = make_customer()
    assert client.get(f"/customers/{customer.pk}/").status_code == 200
    assert AuditEntry.objects.filter(action="customers.customer_viewed", object_id=str(customer.pk)).exists()


def test_customer_list_makes_the_same_queries_for_one_and_three(client: Client, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(make_person())
    make_customer()
    client.get("/customers/")
    with CaptureQueriesContext(connection) as few:
        client.get("/customers/")
    make_customer()
    make_customer()
    with django_assert_num_queries(len(few)):
        client.get("/customers/")


def test_rating_policy_published_by_an_administrator_is_in_force(client: Client) -> None:
    client.force_login(make_person(Role.ADMINISTRATOR))
    from customers.risk.rating import DEFAULT_POLICY

    form = {code: str(weight) for code, weight in DEFAULT_POLICY.weights.items()} | {
        "medium_from": "10",
        "high_from": "90",
    }
    client.post("/customers/rating-policy/", form)
    rating = rate_customer(customer=make_customer(), evidence=RiskEvidence(open_hits=3), by=make_person().actor)
    assert (rating.policy.number, rating.level) == (2, "medium")
