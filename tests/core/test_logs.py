"""Logs hold no more than the allow-list: what people sent is in no line, whoever writes it."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import Client

from accounts.enums import Role
from core.exceptions import Conflict
from tests.factories.accounts import make_person

MARKER = "Plantedmarker"


@pytest.fixture
def lines() -> Iterator[Any]:
    """Everything that is logged, through the product's own formatter."""
    written = io.StringIO()
    given = dict(settings.LOGGING["formatters"]["json"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(given.pop("()")(**given))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_a_field_that_is_not_allowed_is_named_and_withheld(lines: Any) -> None:
    structlog.get_logger("test").warning("seen", name=MARKER, step="4711")
    assert lines()[-1]["step"] == "4711"
    assert lines()[-1]["withheld"] == ["name"]
    assert MARKER not in str(lines())


def test_an_error_tells_its_kind_and_places_but_not_its_words(lines: Any) -> None:
    try:
        raise ValueError(f"{MARKER} is no number")
    except ValueError:
        structlog.get_logger("test").exception("broke")
        logging.getLogger("library").exception("cannot take %s", MARKER)
    assert all(line["error"].startswith("ValueError < ") and "test_logs.py" in line["error"] for line in lines()[-2:])
    assert lines()[-1]["event"] == "cannot take %s"
    assert MARKER not in str(lines())


def test_an_error_of_ours_keeps_its_sentence(lines: Any) -> None:
    try:
        raise Conflict("Somebody changed it first.")
    except Conflict:
        structlog.get_logger("test").exception("refused")
    assert "Somebody changed it first." in lines()[-1]["error"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/customers/", "/api/v1/filings"])
def test_refused_access_is_a_line_of_its_own_with_who_and_what(lines: Any, client: Client, path: str) -> None:
    person = make_person(Role.ADMINISTRATOR)
    client.force_login(person)
    assert client.get(path).status_code == 403
    (line,) = [line for line in lines() if line["event"] == "access_refused"]
    assert (line["actor"], person.username in str(line)) == (str(person.pk), False)


@pytest.mark.django_db
def test_what_is_sent_is_in_no_line_and_no_error_page(lines: Any, client: Client) -> None:
    client.raise_request_exception = False
    answers = [
        client.get(f"/customers/{MARKER}/"),
        client.post("/accounts/login/", {"login": MARKER, "username": MARKER, "password": MARKER}),
        client.post("/api/v1/submissions", {"customer": {"name": MARKER}}, content_type="application/json"),
        client.post("/api/v1/submissions", f'{{"{MARKER}', content_type="application/json"),
        client.get(f"/api/v1/{MARKER}"),
    ]
    assert MARKER not in str(lines())
    assert not [answer.status_code for answer in answers if answer.status_code >= 500]
