"""REST: who may, what comes back, and that others' things are not there."""

import json

import pytest

from monitoring.models import Transaction
from tests.factories.accounts import make_api_client, make_api_key, make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_alert, make_row, make_transaction

pytestmark = pytest.mark.django_db
URL = "/api/v1/transactions"


@pytest.fixture
def as_client(client):
    """`as_client(api_client)` → the test client with that API client's key."""

    def sign_in(api_client):
        _, key = make_api_key(api_client)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
        return client

    return sign_in


@pytest.fixture
def sender(as_client):
    """(HTTP client, customer) where the client registered the customer."""
    customer = make_customer()
    return as_client(customer.registered_by_client), customer


def _post(client, data):
    return client.post(URL, data=json.dumps(data), content_type="application/json")


def test_post_single_transaction_is_taken(sender):
    client, customer = sender
    response = _post(client, make_row(customer))
    assert response.status_code == 200
    assert response.json()["accepted"] == 1


def test_post_single_bad_transaction_is_a_problem_with_pointers(sender):
    client, customer = sender
    response = _post(client, make_row(customer, amount="-1"))
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert response.json()["errors"][0]["pointer"] == "/amount"


def test_post_batch_points_into_the_list(sender):
    client, customer = sender
    body = _post(client, [make_row(customer), make_row(customer, direction="sideways")]).json()
    assert (body["accepted"], body["rejected"][0]["line"]) == (1, 2)
    assert body["rejected"][0]["errors"][0]["pointer"] == "/1/direction"


def test_post_csv_is_taken(sender):
    client, customer = sender
    row = make_row(customer)
    content = f"{','.join(row)}\n{','.join(row.values())}\nX,{customer.external_id},in,5\n"
    body = client.post(URL, data=content.encode(), content_type="text/csv; charset=utf-8").json()
    assert body["accepted"] == 1
    assert body["rejected"][0]["line"] == 3


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\n1,2\n"])
def test_post_broken_csv_is_a_problem(sender, content):
    assert sender[0].post(URL, data=content, content_type="text/csv").status_code == 422


@pytest.mark.parametrize("body", ["5", "null", '"x"', "[]", "[[1]]"])
def test_post_json_that_is_no_transaction_is_told(sender, body):
    response = sender[0].post(URL, data=body, content_type="application/json")
    assert response.status_code == 422 or response.json()["rejected"]


def test_post_broken_json_is_a_problem(sender):
    assert sender[0].post(URL, data="{", content_type="application/json").status_code == 400


def test_post_without_the_scope_is_refused(as_client):
    response = _post(as_client(make_api_client(scopes=[])), [])
    assert response.status_code == 403


def test_post_without_a_key_is_refused(client):
    assert _post(client, []).status_code == 401


def test_get_transactions_are_the_clients_own(sender):
    client, customer = sender
    make_transaction()
    mine = make_transaction(customer)
    assert [row["id"] for row in client.get(URL).json()["results"]] == [str(mine.pk)]


def test_get_transactions_of_a_foreign_customer_are_none(sender):
    foreign = make_transaction()
    assert sender[0].get(URL, {"customer": str(foreign.customer_id)}).json()["results"] == []


def test_get_alert_tells_sentence_and_trace(as_client):
    alert = make_alert()
    body = as_client(alert.customer.registered_by_client).get(f"/api/v1/alerts/{alert.pk}").json()
    assert body["findings"][0]["sentence"].startswith("A payment of")
    assert body["findings"][0]["trace"][1]["values"][0] == ["counterparty_country", "KP"]


def test_get_foreign_alert_is_not_found(as_client):
    assert as_client(make_api_client()).get(f"/api/v1/alerts/{make_alert().pk}").status_code == 404


def test_get_alerts_query_count_does_not_grow(as_client, django_assert_max_num_queries):
    alert = make_alert()
    for _ in range(3):
        make_alert(make_customer(client=alert.customer.registered_by_client))
    client = as_client(alert.customer.registered_by_client)
    with django_assert_max_num_queries(8):
        assert client.get("/api/v1/alerts").json()["count"] == 4


def test_dispose_by_program_is_refused(as_client):
    alert = make_alert()
    client = as_client(alert.customer.registered_by_client)
    assert client.post(f"/api/v1/alerts/{alert.pk}/disposition").status_code == 403


def test_dispose_by_person_decides(client):
    alert = make_alert()
    client.force_login(make_person())
    given = {"disposition": "suspicious", "reason_code": "known_typology", "rationale": "layering"}
    response = client.post(f"/api/v1/alerts/{alert.pk}/disposition", data=given, content_type="application/json")
    assert response.json()["decision"]["reason_code"] == "known_typology"


def test_sending_again_after_a_lost_answer_doubles_nothing(sender):
    client, customer = sender
    rows = [make_row(customer) for _ in range(5)]
    _post(client, rows)
    assert _post(client, rows).json()["duplicates"] == 5
    assert Transaction.objects.count() == 5
