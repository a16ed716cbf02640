"""No main page reads a table that grows from end to end: PostgreSQL's own plans, with sequential scans made dear, so that a
small table shows what a big one would do. `make bench-growth` measures the same pages over the big one.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.enums import Role
from bench.growth.pages import Subject, pages
from bench.growth.plans import scans, sequential_scans_made_dear, statistics_forgotten
from monitoring.services import ingest_process_events, ingest_transactions
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.customers import make_organisation
from tests.factories.monitoring import make_alert, make_row, make_transaction

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the plans are PostgreSQL's"),
]


def test_no_page_reads_a_growing_table_from_end_to_end(client: Client) -> None:
    case = make_case(name="Ilse Quendel")
    make_transaction(case.customer)
    make_alert(case.customer)
    client.force_login(make_person(Role.MLRO))
    statistics_forgotten()
    found: dict[str, list[str]] = {}
    with sequential_scans_made_dear():
        for name, ask in pages(Subject(case.pk, case.customer_id, "Ilse Quendel")).items():
            answers: list[int] = []
            whole = scans(lambda ask=ask, answers=answers: answers.append(ask(client).status_code))  # type: ignore[misc]
            assert answers == [200], name
            if whole:
                found[name] = whole
    assert found == {}, "\n".join(f"{name}: {line}" for name, lines in found.items() for line in lines)


def test_taking_a_delivery_in_reads_no_growing_table_from_end_to_end() -> None:
    admin, customers = make_person(Role.ADMINISTRATOR), [make_organisation() for _ in range(3)]
    statistics_forgotten()
    with sequential_scans_made_dear():
        rows = [make_row(customer) for customer in customers]
        assert scans(lambda: ingest_transactions(rows=rows, source="test", by=admin.actor)) == []
        entry = {"operator_id": "op1", "process_id": "B-1", "step": "mixing", "start_ts": "2026-01-01T09:00:00Z"}
        events = [entry | {"external_id": "E-1", "customer_external_id": item.external_id} for item in customers]
        assert scans(lambda: ingest_process_events(rows=events, source="test", by=admin.actor)) == []


def test_what_is_of_a_customer_or_a_client_is_found_though_neither_column_has_an_index_of_its_own() -> None:
    from monitoring.models import ProcessEvent, Transaction

    statistics_forgotten()
    key = uuid4()
    asked = [
        Transaction.objects.filter(customer=key),
        Transaction.objects.filter(client=key),
        ProcessEvent.objects.filter(customer=key),
    ]
    with sequential_scans_made_dear():
        assert [scans(rows.order_by().exists) for rows in asked] == [[], [], []]


def test_a_statement_without_an_index_is_found_out() -> None:
    from monitoring.models import Transaction

    with sequential_scans_made_dear():
        found = scans(lambda: Transaction.objects.filter(reference="rent").exists())
    assert found[0].startswith("monitoring_transaction (Seq Scan)")
