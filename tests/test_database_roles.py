"""The application under a role that owns nothing (deploy/postgresql/grants.sql): it works, and it cannot change a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from audit.services import place_pending, verify_record
from cases.services import claim_case
from customers.services import erase_customer
from monitoring.archive_works import archive_old_months
from monitoring.models import PendingAssessment, Transaction
from monitoring.services import ingest_transactions
from tests.cases.privacy.test_erasing import _end, known_customer
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.monitoring import SYSTEM, make_row

HOME = Path(__file__).resolve().parents[1]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="DATABASE_URL names no PostgreSQL"),
]
FORBIDDEN = (
    "CREATE TABLE anything (id int)",
    "ALTER TABLE cases_case ADD COLUMN more text",
    "DROP TABLE customers_party",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "TRUNCATE audit_entry",
    "UPDATE audit_entry SET actor_name = 'nobody'",
    "DELETE FROM audit_leaf",
    "DELETE FROM django_migrations",
)


@pytest.fixture(autouse=True)
def _as_application() -> Iterator[None]:
    """In the test's transaction, which takes role and rights away again."""
    with connection.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute("CREATE ROLE probity_app")
        cursor.execute((HOME / "deploy/postgresql/grants.sql").read_text())
        cursor.execute("SET LOCAL ROLE probity_app")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_the_day_s_work_needs_no_more_than_rows(tmp_path: Path) -> None:
    case = known_customer(tmp_path)
    rows = [make_row(case.customer, booked_at="2020-01-10T00:00:00Z") for _ in range(300)]
    told = ingest_transactions(rows=rows, source="test", by=case.customer.registered_by_client.actor)
    assert (told.accepted, told.rejected) == (300, ())
    PendingAssessment.objects.all().delete()
    archive_old_months()
    place_pending()
    assert verify_record().faults == []
    erase_customer(customer_id=_end(case).pk, reason="test", by=SYSTEM)
    assert not Transaction.objects.exists()


def test_a_case_is_claimed() -> None:
    person = make_person()
    assert claim_case(case_id=make_case().pk, by=person.actor).assignee == person


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_changes_no_table_and_nothing_of_the_record(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
