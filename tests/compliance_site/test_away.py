"""While the database is away: a page that says so and asks again, a problem document, a probe that refuses. Never internals."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from accounts.enums import Role
from compliance_site import gauges
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db
_TOLD = "connection to server at 10.0.0.7 failed"


def _raise(*_: object, **__: object) -> None:
    raise OperationalError(_TOLD)


@pytest.fixture
def away(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser that is signed in, at a product whose sessions cannot be read."""
    client.force_login(make_person(Role.ANALYST))
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", _raise)
    return client


def test_page_answers_503_and_comes_back_by_itself(away: Client) -> None:
    answer = away.get("/cases/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert 'data-away="repeat"' in page
    assert "10.0.0.7" not in page


def test_what_was_sent_is_not_sent_again_by_itself(away: Client) -> None:
    answer = away.post("/cases/next/")
    assert answer.status_code == 503
    assert b"data-away" not in answer.content


def test_program_gets_a_problem_document(away: Client) -> None:
    answer = away.get("/api/v1/cases")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["code"] == "unavailable"
    assert "10.0.0.7" not in answer.content.decode()


def test_an_error_of_ours_stays_a_500(away: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", broken)
    assert away.get("/cases/").status_code == 500


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_probe_refuses_traffic_and_stays_alive(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(gauges.connection, "cursor", broken)
    assert (client.get("/healthz").status_code, client.get("/livez").status_code) == (503, 200)
