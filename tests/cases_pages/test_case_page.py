"""What the case page offers to whom, and what is reached without a script."""

import re

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from cases.models import Case
from cases.services import claim_case, need_person, propose_decision
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.documents import make_read_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client: Client) -> User:
    person = make_person(Role.ANALYST)
    client.force_login(person)
    return person


@pytest.fixture
def case(analyst: User) -> Case:
    """A case that `analyst` works on."""
    made = make_case(name="محمود الزهراني")
    need_person(case=made, code="test", sentence="An open question", source_type="t", source_id=1)
    claim_case(case_id=made.pk, by=analyst.actor)
    made.refresh_from_db()
    return made


@pytest.fixture
def proposed(case: Case, analyst: User) -> Case:
    """The case with a pending proposal of `analyst`."""
    propose_decision(
        case_id=case.pk, kind="reject", reason_code="sanctioned", rationale="The listed person.",
        version=case.version, by=analyst.actor,
    )  # fmt: skip
    return case


def _page(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_case_page_to_the_proposer_offers_no_approval_and_says_why(client: Client, proposed: Case) -> None:
    page = _page(client, f"/cases/{proposed.pk}/")
    assert "/approve/" not in page
    assert "somebody else must approve it" in page


def test_case_page_to_another_person_offers_approval_and_return(client: Client, proposed: Case) -> None:
    client.force_login(make_person(Role.REVIEWER))
    page = _page(client, f"/cases/{proposed.pk}/")
    assert "/approve/" in page
    assert "/return/" in page


def test_case_page_to_an_auditor_offers_nothing_to_change(client: Client, case: Case) -> None:
    client.force_login(make_person(Role.AUDITOR))
    forms = re.findall(r'<form[^>]*action="([^"]+)"', _page(client, f"/cases/{case.pk}/"))
    assert forms == ["/search/", "/accounts/logout/"]


def test_case_page_without_a_script_links_to_every_part_of_the_evidence(client: Client, case: Case) -> None:
    document = make_read_document(case.customer)
    page = _page(client, f"/cases/{case.pk}/")
    assert f'href="/documents/{document.pk}/?back=' in page
    assert f'href="/customers/{case.customer_id}/"' in page


def test_queue_row_keeps_a_right_to_left_name_apart(client: Client, case: Case) -> None:
    assert "<bdi>محمود الزهراني</bdi>" in _page(client, "/cases/")


def test_refused_escalation_keeps_what_was_typed(client: Client, case: Case) -> None:
    typed = "too long " * 40
    answer = client.post(f"/cases/{case.pk}/escalate/", {"reason": typed})
    assert answer.status_code == 422
    assert typed.strip() in answer.content.decode()


@pytest.mark.parametrize("forbidden", [r"<script(?![^>]*src=)[^>]*>", r"\sstyle=", r"\son[a-z]+="])
def test_case_page_has_nothing_inline(client: Client, case: Case, forbidden: str) -> None:
    assert re.findall(forbidden, _page(client, f"/cases/{case.pk}/")) == []
