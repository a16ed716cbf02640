"""REST of customers: own ones only, facts, rating, recorded reads."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import ApiClient
from audit.models import AuditEntry
from core.actor import system_actor
from customers.risk.evidence import RiskEvidence
from customers.services import rate_customer
from tests.factories.accounts import make_api_client, make_api_key
from tests.factories.customers import make_customer, make_organisation, make_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(client: Client) -> ApiClient:
    """An API client whose key every call of `client` carries."""
    api_client, key = make_api_key()
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    return api_client


def test_client_lists_only_what_it_registered(client: Client, sender: ApiClient) -> None:
    own = make_customer(client=sender)
    make_customer()
    answer = client.get("/api/v1/customers").json()
    assert [item["id"] for item in answer["results"]] == [str(own.pk)]


@pytest.mark.parametrize("path", ["", "/rating"])
def test_customer_of_another_client_answers_404(client: Client, sender: ApiClient, path: str) -> None:
    answer = client.get(f"/api/v1/customers/{make_customer().pk}{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_customer_comes_with_its_owners(client: Client, sender: ApiClient) -> None:
    customer = make_organisation(client=sender)
    make_owner(customer, share="60", name="Bo Li")
    (owner,) = client.get(f"/api/v1/customers/{customer.pk}").json()["owners"]
    assert (owner["party"]["name"], owner["share_percent"]) == ("Bo Li", "60.00")


def test_customer_not_rated_yet_answers_404_with_the_reason(client: Client, sender: ApiClient) -> None:
    answer = client.get(f"/api/v1/customers/{make_customer(client=sender).pk}/rating")
    assert (answer.status_code, answer.json()["detail"]) == (404, "This customer has not been rated yet.")


def test_rating_comes_with_factors_and_policy(client: Client, sender: ApiClient) -> None:
    customer = make_customer(client=sender)
    rate_customer(customer=customer, evidence=RiskEvidence(), by=system_actor("test"))
    rating = client.get(f"/api/v1/customers/{customer.pk}/rating").json()
    assert (rating["policy_number"], len(rating["factors"])) == (1, 9)


@pytest.mark.parametrize(("path", "action"), [
    ("", "customers_listed"), ("/{pk}", "customer_viewed"), ("/{pk}/rating", "rating_viewed"),
])  # fmt: skip
def test_reading_is_recorded(client: Client, sender: ApiClient, path: str, action: str) -> None:
    customer = make_customer(client=sender)
    rate_customer(customer=customer, evidence=RiskEvidence(), by=system_actor("test"))
    client.get("/api/v1/customers" + path.format(pk=customer.pk))
    assert AuditEntry.objects.get(action=f"customers.{action}").actor_id == sender.actor.id


def test_list_of_many_takes_as_many_queries_as_of_one(
    client: Client, sender: ApiClient, django_assert_num_queries
) -> None:
    make_owner(make_organisation(client=sender))
    client.get("/api/v1/customers")
    with CaptureQueriesContext(connection) as one:
        client.get("/api/v1/customers")
    for _ in range(3):
        make_owner(make_organisation(client=sender))
    with django_assert_num_queries(len(one)):
        client.get("/api/v1/customers")


def test_client_without_the_scope_is_refused(client: Client) -> None:
    _, key = make_api_key(make_api_client(scopes=[]))
    assert client.get("/api/v1/customers", headers={"Authorization": f"Bearer {key}"}).status_code == 403
