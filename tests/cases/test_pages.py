"""Queue and case pages."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from cases.models import Case
from cases.services import claim_case, need_person
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client: Client) -> User:
    person = make_person(Role.ANALYST)
    client.force_login(person)
    return person


def _queued(**party: Any) -> Case:
    case = make_case(**party)
    need_person(case=case, code="test", sentence="An open question", source_type="t", source_id=1)
    return case


def test_queue_shows_number_subject_and_reason(client: Client, analyst: User) -> None:
    case = _queued(name="محمود الزهراني")
    page = client.get("/cases/").content.decode()
    assert all(text in page for text in (case.number, "محمود الزهراني", "An open question"))


def test_queue_does_not_show_what_no_person_is_needed_for(client: Client, analyst: User) -> None:
    case = make_case()
    assert case.number not in client.get("/cases/").content.decode()


def test_queue_view_and_search_narrow(client: Client, analyst: User) -> None:
    mine, other = _queued(name="Mine Person"), _queued(name="Other Person")
    claim_case(case_id=mine.pk, by=analyst.actor)
    assert other.number not in client.get("/cases/?view=mine").content.decode()
    assert mine.number not in client.post("/cases/", {"q": "other"}).content.decode()


def test_queue_with_an_unknown_view_shows_all_open(client: Client, analyst: User) -> None:
    _queued()
    assert client.get("/cases/?view=nonsense&page=99").status_code == 200


def test_queue_makes_the_same_queries_for_one_and_three_cases(client: Client, analyst: User) -> None:
    _queued()
    with CaptureQueriesContext(connection) as few:
        client.get("/cases/")
    _queued(name="B")
    _queued(name="C")
    with CaptureQueriesContext(connection) as many:
        client.get("/cases/")
    assert len(many) == len(few)


def test_next_claims_and_opens_a_case(client: Client, analyst: User) -> None:
    case = _queued()
    assert client.post("/cases/next/")["Location"] == f"/cases/{case.pk}/"
    case.refresh_from_db()
    assert case.assignee == analyst


@pytest.mark.parametrize(
    "tab", ["overview", "documents", "screening", "transactions", "information", "runs", "history", "nonsense"]
)
def test_case_page_opens_at_every_tab(client: Client, analyst: User, tab: str) -> None:
    case = _queued()
    assert case.number in client.get(f"/cases/{case.pk}/?tab={tab}").content.decode()


def test_case_page_of_an_unknown_case_is_a_page_that_says_so(client: Client, analyst: User) -> None:
    answer = client.get("/cases/01900000-0000-7000-8000-000000000000/")
    assert answer.status_code == 404
    assert "There is no such case" in answer.content.decode()


def test_a_refused_proposal_keeps_what_was_typed(client: Client, analyst: User) -> None:
    case = _queued()
    claim_case(case_id=case.pk, by=analyst.actor)
    case.refresh_from_db()
    typed = {
        "kind": "reject",
        "reason_code": "identity_verified",
        "rationale": "typed with care",
        "version": case.version,
    }
    answer = client.post(f"/cases/{case.pk}/decisions/", typed)
    assert answer.status_code == 422
    assert "typed with care" in answer.content.decode()


def test_a_proposal_on_a_stale_page_says_who_changed_it_and_keeps_what_was_typed(client: Client, analyst: User) -> None:
    case = _queued()
    claim_case(case_id=case.pk, by=analyst.actor)
    typed = {"kind": "reject", "reason_code": "sanctioned", "rationale": "typed with care", "version": 1}
    answer = client.post(f"/cases/{case.pk}/decisions/", typed)
    assert answer.status_code == 409
    assert "changed it" in answer.content.decode()
    assert "typed with care" in answer.content.decode()


def test_an_auditor_cannot_claim(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    assert client.post(f"/cases/{_queued().pk}/claim/").status_code == 403


def test_a_comment_is_on_the_case(client: Client, analyst: User) -> None:
    case = _queued()
    client.post(f"/cases/{case.pk}/comments/", {"text": "<b>bold</b> remark"})
    assert "&lt;b&gt;bold&lt;/b&gt; remark" in client.get(f"/cases/{case.pk}/").content.decode()
