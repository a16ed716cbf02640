"""The table of transactions: sorting, narrowing, grouping, totals, CSV; expected against actual."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from audit.models import AuditEntry
from customers.models import Customer
from monitoring.selectors import (
    LedgerQuery,
    activity_profile,
    ledger_groups,
    ledger_query,
    ledger_rows,
    ledger_totals,
)
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    """Three transactions with two counterparties."""
    made = make_customer()
    make_transaction(made, amount="100.00", counterparty_name="Zeta", counterparty_account="Z1", account="A1")
    make_transaction(made, amount="900.00", counterparty_name="Alpha", counterparty_account="A9", direction="out")
    make_transaction(made, amount="50.00", counterparty_name="Zeta", counterparty_account="Z1")
    return made


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(make_person(Role.REVIEWER))
    return client


def test_rows_are_sorted_by_amount(customer: Customer) -> None:
    amounts = [row.base_amount for row in ledger_rows(customer, LedgerQuery(sort="amount", ascending=True))]
    assert amounts == [Decimal("50.00"), Decimal("100.00"), Decimal("900.00")]


def test_groups_sum_each_counterparty_and_name_one_of_its_transactions(customer: Customer) -> None:
    first, second = ledger_groups(customer, LedgerQuery(sort="counterparty", ascending=True, grouped=True))
    assert (first["counterparty_name"], first["went_out"], first["came_in"]) == ("Alpha", Decimal("900.00"), None)
    assert (second["number"], second["came_in"]) == (2, Decimal("150.00"))
    assert ledger_totals(customer, LedgerQuery(like=str(second["sample"]))).number == 2


def test_totals_are_of_what_is_narrowed(customer: Customer) -> None:
    totals = ledger_totals(customer, LedgerQuery(direction="in"))
    assert (totals.number, totals.came_in, totals.went_out) == (2, Decimal("150.00"), Decimal(0))


def test_transaction_of_another_customer_narrows_to_nothing(customer: Customer) -> None:
    other = make_transaction(counterparty_name="Zeta", counterparty_account="Z1")
    assert ledger_totals(customer, LedgerQuery(like=str(other.pk))).number == 0


def test_url_that_cannot_be_is_ignored() -> None:
    assert ledger_query({"t_sort": "password", "t_days": "x", "t_direction": "up"}) == LedgerQuery()


def test_panel_by_htmx_offers_states_of_the_page_it_stands_on(reviewer: Client, customer: Customer) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/7/?tab=transactions"}
    address = f"/monitoring/transactions/of/{customer.pk}/?tab=transactions"
    page = reviewer.get(address, headers=headers).content.decode()
    assert 'hx-push-url="/cases/7/?tab=transactions&amp;t_group=1"' in page
    assert "<html" not in page


def test_panel_makes_the_same_queries_for_few_and_many_transactions(reviewer: Client, customer: Customer) -> None:
    address = f"/monitoring/transactions/of/{customer.pk}/"
    reviewer.get(address)
    with CaptureQueriesContext(connection) as few:
        reviewer.get(address)
    for number in range(5):
        make_transaction(customer, counterparty_name=f"More {number}")
    with CaptureQueriesContext(connection) as many:
        reviewer.get(address)
    assert len(many) == len(few)


def test_csv_holds_every_row_runs_no_formula_and_is_recorded(reviewer: Client, customer: Customer) -> None:
    make_transaction(customer, reference="=HYPERLINK(1)")
    answer = reviewer.get(f"/monitoring/transactions/of/{customer.pk}/csv/")
    text = answer.getvalue().decode()
    assert len(text.splitlines()) == 5
    assert ",'=HYPERLINK(1)" in text
    assert AuditEntry.objects.filter(action="monitoring.transactions_exported").count() == 1


def test_csv_is_not_for_an_analyst(client: Client, customer: Customer) -> None:
    client.force_login(make_person(Role.ANALYST))
    assert client.get(f"/monitoring/transactions/of/{customer.pk}/csv/").status_code == 403


def test_profile_compares_a_months_mean_with_what_was_expected(customer: Customer) -> None:
    Customer.objects.filter(pk=customer.pk).update(expected_monthly_volume=Decimal(700))
    profile = activity_profile(Customer.objects.get(pk=customer.pk))
    assert (profile.actual, profile.percent) == (Decimal(350), 50)
    assert [use.account for use in profile.accounts] == ["A1"]
