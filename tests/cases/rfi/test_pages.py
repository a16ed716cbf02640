"""The officer's panel and the customer's page."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from audit.models import AuditEntry
from cases.enums import CaseStatus
from cases.models import Case
from cases.rfi.enums import RequestState
from cases.rfi.models import RfiRequest
from cases.rfi.selectors import link_path
from tests.cases.rfi.test_requests import INCOME, PASSPORT, ask, case_in_review
from tests.factories.accounts import make_person
from tests.factories.documents import make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


def _item_url(request: RfiRequest, position: int = 1) -> str:
    return f"{link_path(request)}items/{request.items.get(position=position).pk}/"


def test_an_officer_asks_and_sees_the_link(client: Client) -> None:
    case, officer = case_in_review()
    client.force_login(officer)
    rows = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-kind": "document", "form-0-wanted": "Your passport",
            "form-1-kind": "question", "form-1-wanted": ""}  # fmt: skip
    answer = client.post(f"/cases/{case.pk}/information/send/", rows | {"email": "", "version": case.version})
    assert answer.status_code == 302
    page = client.get(f"/cases/{case.pk}/information/").content.decode()
    assert link_path(RfiRequest.objects.get()) in page


def test_nothing_asked_comes_back_with_what_was_typed(client: Client) -> None:
    case, officer = case_in_review()
    client.force_login(officer)
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-kind": "question", "form-0-wanted": ""}
    typed = {"email": "kept@example.org", "version": case.version}
    answer = client.post(f"/cases/{case.pk}/information/send/", rows | typed)
    assert answer.status_code == 422
    assert "kept@example.org" in answer.content.decode()


def test_the_link_is_for_who_may_work_the_case(client: Client) -> None:
    request, _ = ask()
    client.force_login(make_person(Role.AUDITOR))
    page = client.get(f"/cases/{request.case_id}/information/").content.decode()
    assert "passport" in page
    assert link_path(request) not in page
    assert AuditEntry.objects.filter(action="rfi.requests_viewed").exists()


def test_the_customer_answers_without_a_login_and_is_told_nothing_about_anybody() -> None:
    request, _ = ask(PASSPORT, INCOME)
    client = Client(enforce_csrf_checks=False)
    page = client.get(link_path(request))
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "same-origin"
    shown = page.content.decode()
    assert "Jane" not in shown
    assert request.case.number not in shown
    file = SimpleUploadedFile("passport.pdf", make_pdf("PASSPORT"))
    assert client.post(_item_url(request), {"file": file}).status_code == 302
    done = client.post(_item_url(request, 2), {"answer": "From my salary."})
    assert "Everything has arrived" in done.content.decode()
    assert Case.objects.get().status == CaseStatus.IN_REVIEW
    assert client.get(link_path(request)).status_code == 404


def test_the_customer_s_page_checks_csrf() -> None:
    request, _ = ask(INCOME)
    client = Client(enforce_csrf_checks=True)
    assert client.post(_item_url(request), {"answer": "From my salary."}).status_code == 403
    client.get(link_path(request))
    token = client.cookies["csrftoken"].value
    sent = client.post(_item_url(request), {"answer": "From my salary.", "csrfmiddlewaretoken": token})
    assert sent.status_code == 200
    assert RfiRequest.objects.get().state == RequestState.ANSWERED


def test_a_body_that_is_too_large_is_refused_unread() -> None:
    request, _ = ask(PASSPORT)
    answer = Client().post(_item_url(request), b"", content_type="text/plain", CONTENT_LENGTH=str(50 * 1024**2))
    assert answer.status_code == 404
    assert "20 MB" in answer.content.decode()
    assert request.items.get().tries == 0


def test_a_flood_through_one_link_is_stopped() -> None:
    request, _ = ask(INCOME)
    answers = [Client().post(_item_url(request), {"answer": ""}).status_code for _ in range(21)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_the_item_of_another_request_is_not_there() -> None:
    one, _ = ask(INCOME)
    other, _ = ask(INCOME)
    path = f"{link_path(one)}items/{other.items.get().pk}/"
    assert Client().post(path, {"answer": "Hello"}).status_code == 404


def test_an_administrator_publishes_the_policy(client: Client) -> None:
    client.force_login(make_person(Role.ADMINISTRATOR))
    page = client.post("/cases/information/policy/", {"valid_days": 20, "remind_after_days": 10}, follow=True)
    assert "Days the link is valid: 20" in " ".join(page.content.decode().split())
