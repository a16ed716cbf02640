"""One submission that arrives several times at once, as from a client that did not wait: one case, one answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from cases.models import Submission
from cases.services import ensure_case_configuration
from tests.factories.accounts import make_api_key
from workflows.services import ensure_shipped_workflows

_TIMES = 4
_BODY = {"customer": {"external_id": "A-1", "kind": "person", "name": "Jane Citizen", "birth_date": "1984-06-07"}}


@pytest.mark.django_db(transaction=True)
def test_the_same_submission_at_once_is_accepted_once_and_answered_alike() -> None:
    ensure_shipped_workflows()
    ensure_case_configuration()
    headers = {"Authorization": f"Bearer {make_api_key()[1]}", "Idempotency-Key": "k"}
    start = Barrier(_TIMES)

    def send(_: int) -> tuple[int, str]:
        try:
            start.wait(30)
            answer = Client().post("/api/v1/submissions", _BODY, content_type="application/json", headers=headers)
            return answer.status_code, answer.json().get("id", answer.content.decode())
        finally:
            connection.close()

    with ThreadPoolExecutor(_TIMES) as pool:
        answers = set(pool.map(send, range(_TIMES)))
    assert [status for status, _ in answers] == [202], answers
    assert Submission.objects.count() == 1
