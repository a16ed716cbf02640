"""The integrator's example, run against a live server: what the guide shows is what works."""

import time
from pathlib import Path
from typing import Any

import pytest

from cases.models import Case, Submission
from cases.services import ensure_case_configuration
from docs.examples import integrate
from monitoring.models import Transaction
from notifications.signing import headers_for
from tests.factories.accounts import make_api_key
from workflows.services import ensure_shipped_workflows

CUSTOMER = {"external_id": "A-1", "kind": "person", "name": "Jane Citizen", "birth_date": "1984-06-07"}


@pytest.mark.django_db(transaction=True)
def test_a_submission_is_sent_once_and_asked_for_and_transactions_are_streamed(
    live_server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ensure_shipped_workflows()
    ensure_case_configuration()
    monkeypatch.setenv("PROBITY_URL", live_server.url)
    monkeypatch.setenv("PROBITY_KEY", make_api_key()[1])
    paper = tmp_path / "passport.pdf"
    paper.write_bytes(b"no document")
    taken = integrate.submit(CUSTOMER, [paper], key="one")
    assert integrate.submit(CUSTOMER, [paper], key="one") == taken
    assert Submission.objects.count() == Case.objects.count() == 1
    assert integrate.wait(taken["id"], seconds=0)["state"] == "processing"
    row = {"external_id": "T-1", "customer_external_id": "A-1", "direction": "in", "amount": "10.00", "currency": "EUR",
           "booked_at": "2026-11-01T10:00:00Z"}  # fmt: skip
    integrate.stream([row])
    integrate.stream([row, row | {"external_id": "T-2"}])
    assert Transaction.objects.count() == 2


def test_a_webhook_is_checked_as_it_is_signed() -> None:
    secret, body, now = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"type":"case.decided"}', int(time.time())
    headers = headers_for([secret], "msg_1", now, body)
    assert integrate.is_genuine(secret, headers, body, now)
    assert not integrate.is_genuine(secret, headers, body + b" ", now)
    assert not integrate.is_genuine(secret, headers, body, now + 600)
