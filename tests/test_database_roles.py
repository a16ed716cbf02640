"""The application under a role that owns nothing (deploy/postgresql/grants.sql): it works, and it cannot change a table."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
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


@pytest.fixture
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


@pytest.mark.usefixtures("_as_application")
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


@pytest.mark.usefixtures("_as_application")
def test_a_case_is_claimed() -> None:
    person = make_person()
    assert claim_case(case_id=make_case().pk, by=person.actor).assignee == person


def test_the_roles_are_made_by_the_file_and_the_application_signs_in_with_no_more_than_it_needs() -> None:
    """roles.sql and grants.sql by psql on the server itself: a database, two roles that sign in, all gone afterwards."""
    with _roles_by_psql() as address:
        owner, application = (psycopg2.connect(address.format(role=role)) for role in ("owner", "app"))
        try:
            with owner, owner.cursor() as cursor:
                cursor.execute(_LIKE_OURS)
            with owner, owner.cursor() as cursor:
                cursor.execute((HOME / "deploy/postgresql/grants.sql").read_text().replace("probity_", _PREFIX))
            with application, application.cursor() as cursor:
                cursor.execute("INSERT INTO audit_entry VALUES (1); CREATE TEMP TABLE staged (id int)")
            for refused in (
                "UPDATE audit_entry SET id = 2",
                "DROP TABLE audit_entry",
                "CREATE TABLE more (id int)",
                _NO_TRIGGER,
            ):
                with pytest.raises(psycopg2.errors.InsufficientPrivilege), application, application.cursor() as cursor:
                    cursor.execute(refused)
        finally:
            owner.close()
            application.close()


_PREFIX = f"probity_{os.getpid()}_"
_NO_TRIGGER = "ALTER TABLE audit_entry DISABLE TRIGGER ALL"
_LIKE_OURS = "; ".join(
    f"CREATE TABLE {name} (id int)"
    for name in ("audit_entry", "audit_leaf", "audit_node", "audit_checkpoint", "django_migrations")
)


@contextmanager
def _roles_by_psql() -> Iterator[str]:
    """The address of the database that roles.sql makes, under names of this test's own; `{role}` is owner or app."""
    told = connection.settings_dict
    server = {
        "PGHOST": told["HOST"],
        "PGPORT": str(told["PORT"]),
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
    }
    environment = os.environ | {name: value for name, value in server.items() if value}
    told_twice = ["-v", "owner_password=one", "-v", "app_password=two"]
    text = (HOME / "deploy/postgresql/roles.sql").read_text().replace("probity_", _PREFIX)
    text = text.replace("DATABASE probity", f"DATABASE {_PREFIX}database")
    psql = ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", "postgres"]
    subprocess.run([*psql, *told_twice], input=text, text=True, check=True, env=environment)
    try:
        yield f"host={told['HOST'] or '127.0.0.1'} port={told['PORT'] or 5432} dbname={_PREFIX}database user={_PREFIX}{{role}} password=one"
    finally:
        gone = f"DROP DATABASE {_PREFIX}database; DROP ROLE {_PREFIX}owner; DROP ROLE {_PREFIX}app"
        subprocess.run(psql, input=gone, text=True, check=True, env=environment)


@pytest.mark.usefixtures("_as_application")
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_changes_no_table_and_nothing_of_the_record(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
