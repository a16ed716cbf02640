"""Rows as a stream over REST: good lines go on, bad ones are told, and what came before a break stays."""

import json

import pytest

from monitoring.deliveries import MOST_LINE_BYTES
from monitoring.models import Ingest, RejectedLine, Transaction
from tests.factories.accounts import make_api_key
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer():
    return make_customer()


@pytest.fixture
def send(client, customer):
    _, key = make_api_key(customer.registered_by_client)

    def posted(*lines):
        body = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        return client.post(
            "/api/v1/transactions", data=body, content_type="application/x-ndjson", HTTP_AUTHORIZATION=f"Bearer {key}"
        )

    return posted


def test_stream_good_lines_are_taken_and_bad_ones_told_with_their_line(send, customer):
    answer = send(make_row(customer), b"", b"{no json", make_row(customer, amount="1,5"), make_row(customer)).json()
    assert (answer["accepted"], answer["rejected_count"]) == (2, 2)
    assert [(row["line"], row["errors"][0]["pointer"]) for row in answer["rejected"]] == [(3, "/"), (4, "/amount")]
    assert "decimal point" in answer["rejected"][1]["errors"][0]["suggestion"]


def test_stream_sent_again_doubles_nothing_and_is_one_delivery(send, customer):
    rows = [make_row(customer) for _ in range(1100)]
    assert send(*rows).json()["accepted"] == 1100
    assert send(*rows, make_row(customer)).json()["duplicates"] == 1100
    assert (Transaction.objects.count(), Ingest.objects.count()) == (1101, 2)


def test_stream_line_without_end_is_refused_alone(send, customer):
    answer = send(make_row(customer), b"x" * (3 * MOST_LINE_BYTES), make_row(customer)).json()
    assert (answer["accepted"], answer["rejected"][0]["line"]) == (2, 2)


def test_same_id_with_another_counterparty_is_told_and_kept_as_it_was(send, customer):
    row = make_row(customer, counterparty_name="Nordfeld")
    send(row)
    answer = send(row | {"counterparty_name": "Another"}).json()
    assert answer["rejected"][0]["errors"][0]["detail"] == "is known with another counterparty_name"
    assert Transaction.objects.get().counterparty_name == "Nordfeld"


def test_rejected_rows_are_kept_whole_for_the_error_file(send, customer):
    send(make_row(customer, currency="EURO", reference="tab\tand\nline"))
    line = RejectedLine.objects.get()
    assert (line.line, line.column) == (1, "/currency")
    assert "tab\\tand\\nline" in line.content
