"""Back-pressure: programs are refused before anything is kept; people, and what was accepted, are not."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.enums import Role
from cases.models import Submission
from core.api.errors import problem_handler
from core.clock import now
from monitoring.models import PendingAssessment, Transaction
from tests.factories.accounts import make_api_key, make_person
from tests.factories.cases import make_submission
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_row
from workflows.enums import PATIENCE, StepState, Urgency
from workflows.models import StepRun

pytestmark = pytest.mark.django_db
_CUSTOMER = {"external_id": "P-1", "kind": "person", "name": "Jane Citizen", "birth_date": "1984-06-07"}
Send = Callable[[str, object], Any]


@pytest.fixture
def api_client() -> Any:
    return make_api_key()


@pytest.fixture
def send(client: Client, api_client: Any) -> Send:
    """A POST of a program, always under one Idempotency-Key."""
    headers = {"Authorization": f"Bearer {api_client[1]}", "Idempotency-Key": "k"}
    return lambda path, body: client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


@pytest.fixture
def waiting(settings: Any) -> list[Submission]:
    """One submission more than may wait."""
    settings.MOST_WAITING = 1
    return [make_submission(), make_submission()]


def _is_refused(answer: Any, code: str = "overloaded") -> bool:
    return bool((answer.status_code, answer.json()["code"]) == (503, code) and int(answer["Retry-After"]) >= 20)


def test_a_submission_is_refused_whole_and_taken_under_its_key_when_there_is_room(
    send: Send, waiting: list[Submission]
) -> None:
    assert _is_refused(send("submissions", {"customer": _CUSTOMER}))
    assert Submission.objects.count() == 2
    StepRun.objects.update(state=StepState.DONE)
    taken = send("submissions", {"customer": _CUSTOMER})
    make_submission()
    assert taken.status_code == 202
    assert send("submissions", {"customer": _CUSTOMER}).json() == taken.json(), "an answer that stands is given again"
    assert Submission.objects.count() == 4


def test_batches_that_wait_hold_nobody_up(send: Send, waiting: list[Submission]) -> None:
    StepRun.objects.update(place_at=now() + PATIENCE[Urgency.BATCH])
    assert send("submissions", {"customer": _CUSTOMER}).status_code == 202


def test_a_step_that_waits_too_long_is_too_much_and_one_tried_again_is_not(send: Send, settings: Any) -> None:
    make_submission()
    settings.LONGEST_WAIT = 60
    before = now() - timedelta(seconds=61)
    StepRun.objects.update(place_at=before, run_at=before)
    assert _is_refused(send("submissions", {"customer": _CUSTOMER}))
    StepRun.objects.update(run_at=now())
    assert send("submissions", {"customer": _CUSTOMER}).status_code == 202


def test_deliveries_of_programs_are_refused_batches_first(
    send: Send, client: Client, api_client: Any, settings: Any
) -> None:
    customer = make_customer(client=api_client[0])
    settings.MOST_WAITING = 2
    rows = [make_row(customer) for _ in range(4)]
    for count, (body, status) in enumerate([(rows[:1], 200), (rows[1:2], 200), (rows[2:3], 503), (rows[2], 200)]):
        assert send("transactions", body).status_code == status, count
    assert _is_refused(send("transactions", rows[3]))
    client.force_login(make_person(Role.ANALYST))
    answer = client.post("/api/v1/transactions", [make_row(customer)], content_type="application/json")
    assert answer.status_code == 200, "a person is not refused"
    assert Transaction.objects.count() == PendingAssessment.objects.count() == 4


def test_without_storage_nothing_is_begun(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=255 << 20))
    assert _is_refused(send("submissions", {"customer": _CUSTOMER}), "storage_low")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("error", [OperationalError("secret-marker"), OSError(28, "secret-marker")])
def test_a_database_or_disk_that_is_away_says_when_to_come_back(error: Exception) -> None:
    answer = problem_handler(error, {})
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "secret-marker" not in str(answer.data)
