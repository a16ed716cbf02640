"""Which commits wait for the disk."""

import pytest
from django.db import connection, transaction

from core.durability import commit_without_waiting


@pytest.mark.django_db(transaction=True)
def test_only_the_transaction_that_asks_for_it_does_not_wait() -> None:
    with transaction.atomic():
        commit_without_waiting()
        inside = _waits()
    assert inside is (connection.vendor != "postgresql")
    assert _waits()


def _waits() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return bool(cursor.fetchone()[0] == "on")
