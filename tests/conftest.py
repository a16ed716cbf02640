"""What every test shares: the record's triggers let go while a test database is emptied, one factory set per app."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management.color import Style
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import teardown_databases
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from whitenoise import WhiteNoise

from audit import triggers
from compliance_site.catalogue import compile_language, languages
from tests.database import setup_copied_database
from workflows import long_work

# A busy machine is slow: that is no fault of what is tested.
hypothesis_settings.register_profile("probity", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("probity")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """In place of pytest-django's: the same database, copied instead of migrated from nothing by each process of each run."""
    with django_db_blocker.unblock():
        made = setup_copied_database()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def _other_languages() -> None:
    """Compiled anew where a catalogue has changed, as `make setup` does."""
    for language in languages():
        compile_language(language)


@pytest.fixture(autouse=True, scope="session")
def _flush_past_audit_triggers() -> Iterator[None]:
    """A transactional test ends by emptying every table; the record refuses that, so its triggers step aside for it.

    PostgreSQL empties by DELETE, as SQLite does: a test leaves few rows, and TRUNCATE writes new files for every table.
    """
    teardown = TransactionTestCase._fixture_teardown

    def teardown_without_triggers(self: TransactionTestCase) -> None:
        triggers.remove_tree(connection)
        triggers.remove(connection)
        try:
            with patch.object(connection.ops, "sql_flush", _deletions):
                teardown(self)
        finally:
            triggers.install(connection)
            triggers.install_tree(connection)

    TransactionTestCase._fixture_teardown = teardown_without_triggers
    yield
    TransactionTestCase._fixture_teardown = teardown


def _deletions(style: Style, tables: Iterable[str], **_: object) -> list[str]:
    """In one transaction, at whose end the keys between the tables are checked; no test asks for its sequences anew."""
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    """The real hash is slow on purpose; hundreds of tests make people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def _static_files_found_once() -> Iterator[None]:
    """Each test's client loads the middleware anew, and WhiteNoise then looks at each of 1,200 files, which stay as they are."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    scan = WhiteNoise.update_files_dictionary

    def scan_once(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            known, self.files = self.files, {}
            scan(self, root, prefix)
            found[root, prefix], self.files = self.files, known
        self.files.update(found[root, prefix])

    with patch.object(WhiteNoise, "update_files_dictionary", scan_once):
        yield


@pytest.fixture(autouse=True)
def _long_work_goes_on() -> None:
    """A test that stopped a dispatcher leaves this process told to stop its long work."""
    long_work._stopping.clear()


@pytest.fixture(autouse=True)
def _anchor_of_its_own(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test has a fresh database, so an anchor file that outlived it would tell of a rollback."""
    settings.AUDIT_ANCHOR_FILE = tmp_path_factory.getbasetemp() / f"{uuid4().hex}.anchor"


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stops the product's clock: for what would be another on a holiday, or at midnight."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)
