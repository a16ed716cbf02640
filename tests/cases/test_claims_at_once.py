"""Fifty claims at once give fifty different cases: by skipped locks on PostgreSQL, by one writer on SQLite."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from accounts.models import User
from cases.models import Case, Queue
from cases.services import claim_next_case, ensure_case_configuration
from core.clock import now
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer

CLAIMS = 50


def _waiting_cases() -> None:
    ensure_case_configuration()
    queue, customer = Queue.objects.get(name="Monitoring"), make_customer()
    Case.objects.bulk_create(
        Case(number=f"CASE-{number:06d}", kind="monitoring", customer=customer, queue=queue, due_at=now(),
             needs_person_since=now(), priority=number % 5)
        for number in range(CLAIMS)
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_fifty_claims_at_once_give_fifty_different_cases() -> None:
    _waiting_cases()
    people = [make_person() for _ in range(CLAIMS)]
    threads = CLAIMS if connection.vendor == "postgresql" else 5
    start = Barrier(threads)

    def claim(person: User) -> UUID | None:
        try:
            if connection.vendor == "postgresql":
                start.wait(30)
            case = claim_next_case(by=person.actor)
            return case.pk if case else None
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        claimed = list(pool.map(claim, people))
    assert None not in claimed
    assert len(set(claimed)) == CLAIMS
    assert Case.objects.filter(assignee=None).count() == 0
