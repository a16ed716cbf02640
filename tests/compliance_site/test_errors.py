"""Error pages: in the reader's language, said to be in it, and without what went wrong inside."""

import json

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from compliance_site.errors import bad_request, csrf_refused, not_found, server_error

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def page() -> HttpRequest:
    return RequestFactory().get("/cases/")


def test_address_that_leads_nowhere_is_told_in_the_language_of_the_browser(client: Client, db: None) -> None:
    told = client.get("/nowhere/", headers=GERMAN)
    assert told.status_code == 404
    assert '<html lang="de" dir="ltr">' in told.content.decode()
    assert "Hier ist nichts" in told.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (RequestDataTooBig("5 bytes"), 413, "Zu groß"),
        (SuspiciousOperation("at /srv"), 400, "konnte nicht gelesen werden"),
    ],
)
def test_what_cannot_be_read_has_a_page_and_a_problem_document(
    error: Exception, status: int, told: str, page: HttpRequest
) -> None:
    with translation.override("de"):
        answers = [bad_request(page, error), bad_request(RequestFactory().get("/api/v1/cases"), error)]
    assert [answer.status_code for answer in answers] == [status, status]
    assert told in answers[0].content.decode()
    assert answers[1]["Content-Type"] == "application/problem+json"
    assert told in json.loads(answers[1].content)["title"]
    assert not [answer for answer in answers if str(error) in answer.content.decode()]


def test_every_error_page_says_its_language(page: HttpRequest) -> None:
    with translation.override("de"):
        answers = [csrf_refused(page), not_found(page, Exception()), server_error(page)]
    for answer in answers:
        assert '<html lang="de" dir="ltr">' in answer.content.decode()
