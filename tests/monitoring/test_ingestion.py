"""Deliveries: good rows go on, bad rows come back, nothing is doubled."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.clock import now
from monitoring.models import Ingest, PendingAssessment, Transaction
from monitoring.services import IngestResult, ingest_transactions, set_rate
from tests.factories.accounts import make_api_client, make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import SYSTEM, make_row

pytestmark = pytest.mark.django_db


def _deliver(customer, *rows) -> IngestResult:
    return ingest_transactions(rows=rows, source="test", by=customer.registered_by_client.actor)


def _fault(customer, **fields):
    result = _deliver(customer, make_row(customer, **fields))
    assert result.accepted == 0
    return result.rejected[0].faults[0]


def test_delivery_good_row_is_stored_and_waits_for_assessment():
    customer = make_customer()
    assert _deliver(customer, make_row(customer, amount="12.345")).accepted == 1
    assert Transaction.objects.get().amount == Decimal("12.345")
    assert PendingAssessment.objects.get().customer == customer


def test_delivery_of_several_days_is_assessed_from_the_earliest_on():
    customer = make_customer()
    first = now() - timedelta(days=3)
    _deliver(customer, make_row(customer), make_row(customer, booked_at=first.isoformat()), make_row(customer))
    assert PendingAssessment.objects.get().since == first


def test_delivery_sent_again_doubles_nothing():
    customer = make_customer()
    row = make_row(customer)
    _deliver(customer, row)
    result = _deliver(customer, row, row)
    assert (result.accepted, result.duplicates, Transaction.objects.count()) == (0, 2, 1)
    assert PendingAssessment.objects.count() == 1


def test_delivery_same_id_within_one_delivery_is_stored_once():
    customer = make_customer()
    row = make_row(customer)
    result = _deliver(customer, row, row)
    assert (result.accepted, result.duplicates) == (1, 1)


def test_delivery_known_id_with_other_amount_is_refused():
    customer = make_customer()
    row = make_row(customer)
    _deliver(customer, row)
    result = _deliver(customer, row | {"amount": "7.00"})
    assert result.rejected[0].faults[0].message == "is known with another amount"
    assert Transaction.objects.get().amount == 100


def test_delivery_bad_rows_are_told_with_line_and_good_rows_go_on():
    customer = make_customer()
    rows = [make_row(customer), make_row(customer, amount="-5"), make_row(customer, currency="ZZZ"), make_row(customer)]
    result = _deliver(customer, *rows)
    assert result.accepted == 2
    assert [(row.line, row.faults[0].pointer) for row in result.rejected] == [(2, "/amount"), (3, "/currency")]
    assert Ingest.objects.get().rejected[0]["line"] == 2


def test_delivery_future_date_is_refused():
    fault = _fault(make_customer(), booked_at=(now() + timedelta(days=1)).isoformat())
    assert (fault.pointer, fault.message) == ("/booked_at", "is in the future")


def test_delivery_ancient_date_is_refused():
    assert _fault(make_customer(), booked_at="0001-01-01T00:00:00Z").pointer == "/booked_at"


def test_delivery_misspelt_key_is_refused():
    assert _fault(make_customer(), amont="5").pointer == "/amont"


@pytest.mark.parametrize("row", [None, 5, "text", [], {}])
def test_delivery_thing_that_is_no_row_is_refused(row):
    customer = make_customer()
    assert _deliver(customer, row).rejected[0].faults


def test_delivery_unknown_customer_is_refused_with_advice():
    fault = _fault(make_customer(), customer_external_id="nobody")
    assert (fault.pointer, fault.suggestion) == ("/customer_external_id", "submit the customer first")


def test_delivery_customer_of_another_client_is_unknown():
    customer, other = make_customer(), make_api_client()
    result = ingest_transactions(rows=[make_row(customer)], source="test", by=other.actor)
    assert result.rejected[0].faults[0].pointer == "/customer_external_id"


def test_delivery_by_person_is_the_same_transaction_as_by_client():
    customer = make_customer()
    row = make_row(customer)
    _deliver(customer, row)
    result = ingest_transactions(rows=[row], source="test", by=make_person().actor)
    assert result.duplicates == 1


def test_delivery_by_person_for_id_of_two_clients_is_refused():
    first, second = make_customer(), make_customer()
    type(second).objects.filter(pk=second.pk).update(external_id=first.external_id)
    result = ingest_transactions(rows=[make_row(first)], source="test", by=make_person().actor)
    assert "more than one API client" in result.rejected[0].faults[0].message


def test_delivery_foreign_currency_without_rate_is_refused():
    assert _fault(make_customer(), currency="USD").message.startswith("there is no exchange rate of USD")


def test_delivery_foreign_currency_is_converted_at_the_days_rate():
    customer = make_customer()
    set_rate(currency="USD", on=now().date() - timedelta(days=5), per_base=Decimal("1.25"), by=SYSTEM)
    _deliver(customer, make_row(customer, currency="usd"))
    assert Transaction.objects.get().base_amount == 80


def test_delivery_amount_beyond_reason_after_conversion_is_refused():
    set_rate(currency="IDR", on=now().date() - timedelta(days=5), per_base=Decimal("0.000001"), by=SYSTEM)
    assert _fault(make_customer(), currency="IDR", amount="9999999999999").pointer == "/amount"


def test_delivery_of_many_rows_needs_few_queries(django_assert_max_num_queries):
    customer = make_customer()
    rows = [make_row(customer) for _ in range(200)]
    with django_assert_max_num_queries(21):
        _deliver(customer, *rows)
