"""The network tab: who is in it, how far it goes, what its table says."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from cases.models import Case
from cases.network import MOST_NODES, network_of
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.customers import make_customer, make_owner
from tests.factories.monitoring import make_transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client: Client) -> Case:
    """A case whose customer has an owner and a counterparty."""
    client.force_login(make_person(Role.ANALYST))
    made = make_case()
    make_owner(made.customer, name="Olga Owner")
    make_transaction(made.customer, counterparty_name="Zeta Ltd", counterparty_account="Z1", amount="700.00")
    return made


def test_network_holds_owner_and_counterparty_with_what_ran_between(case: Case) -> None:
    network = network_of(case.customer, months=12, hops=1)
    assert {node.label for node in network.nodes.values()} == {"Jane Citizen", "Olga Owner", "Zeta Ltd"}
    assert network.rows()[0][1].amount == 700


def test_second_hop_finds_who_deals_with_the_same_account(case: Case) -> None:
    make_transaction(make_customer(name="Second Hop"), counterparty_name="Zeta Ltd", counterparty_account="Z1")
    labels = [{node.label for node in network_of(case.customer, 12, hops).nodes.values()} for hops in (1, 2)]
    assert labels[1] - labels[0] == {"Second Hop"}


def test_network_of_a_busy_customer_stops_at_its_most_and_says_so(case: Case) -> None:
    for number in range(MOST_NODES):
        make_owner(case.customer, share="1", name=f"Owner {number}")
    network = network_of(case.customer, 12, 1)
    assert len(network.nodes) == MOST_NODES
    assert network.left_out == 3  # two owners and the counterparty


def test_tab_has_a_table_beside_the_picture(client: Client, case: Case) -> None:
    page = client.get(f"/cases/{case.pk}/network/?n_months=6&n_hops=2", HTTP_HX_REQUEST="true").content.decode()
    assert "n_months=6&amp;n_hops=2" in page
    assert "<bdi>Zeta Ltd</bdi>" in page
    assert 'aria-hidden="true"' in page


def test_data_is_what_the_picture_reads(client: Client, case: Case) -> None:
    told = client.get(f"/cases/{case.pk}/network/data/").json()
    assert len(told["nodes"]) == 3
    assert {edge["data"]["label"] for edge in told["edges"]} == {"owns 60 %", "paid"}


@pytest.mark.parametrize("query", ["n_months=0&n_hops=9", "n_months=x", "n_months=999"])
def test_url_that_cannot_be_shows_what_is_offered(client: Client, case: Case, query: str) -> None:
    assert client.get(f"/cases/{case.pk}/network/?{query}").status_code == 200


def test_network_makes_the_same_queries_for_few_and_many_parties(client: Client, case: Case) -> None:
    address = f"/cases/{case.pk}/network/?n_hops=2"
    make_transaction(make_customer(), counterparty_name="Zeta Ltd", counterparty_account="Z1")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(3):
        make_owner(case.customer, share="1", name=f"Owner {number}")
        make_transaction(case.customer, counterparty_name=f"Party {number}", counterparty_account=f"P{number}")
        make_transaction(make_customer(), counterparty_name="Zeta Ltd", counterparty_account="Z1")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
