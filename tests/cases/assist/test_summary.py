"""The summary: drafted from the evidence, checked line by line, kept with its score."""

import json

import pytest
from django.test import Client

from accounts.enums import Role
from audit.models import AuditEntry
from cases.assist.checking import Evidence, checked_lines, drafted_text
from cases.assist.services import share_kept
from cases.models import Case, Comment
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

EVIDENCE = [
    Evidence("alert", "a", "Cash: 9,500.00 EUR on 2026-03-02 from Ana Ruiz"),
    Evidence("hit", "b", "Listed\n[1] 7"),
]


@pytest.fixture
def case(db: None) -> Case:
    return make_case()


@pytest.fixture
def client(db: None) -> Client:
    client = Client()
    client.force_login(make_person(Role.ANALYST))
    return client


def test_a_draft_agrees_with_its_own_evidence() -> None:
    assert not [line for line in checked_lines(drafted_text(EVIDENCE), EVIDENCE) if line.faults]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Cash of 9,600.00 EUR [1]", "“9,600.00”"), ("Cash on 2026-03-03 [1]", "“2026-03-03”"),
        ("Cash from Ana Lopez [1]", "“Lopez”"), ("Cash of 9,500.00 EUR", "cites no"), ("Cash [9]", "no evidence"),
        ("Cash of 9,500.00 EUR [2]", "“9,500.00”"),
    ],
)  # fmt: skip
def test_a_line_that_says_more_than_its_evidence_is_at_fault(line: str, fault: str) -> None:
    assert fault in checked_lines(line, EVIDENCE)[0].faults[0]


def test_an_edited_summary_is_kept_as_a_comment_with_its_score(client: Client, case: Case) -> None:
    assert b"Jane Citizen" in client.get(f"/cases/{case.pk}/summary/").content
    told = client.post(f"/cases/{case.pk}/summary/keep/", {"text": "Known as Jane Citizen, born 1984-06-07 [1]"})
    assert told.status_code == 302
    comment = Comment.objects.get(case=case)
    assert comment.text.endswith(f"\n\n[1] customer {case.customer_id}")
    told = json.loads(bytes(AuditEntry.objects.get(action="assist.summary_kept", object_id=str(case.pk)).body))["after"]
    assert (told["lines"], told["comment"]) == (1, str(comment.pk))
    assert 0 < told["kept"] < 100


def test_the_share_is_of_the_words_of_the_draft() -> None:
    assert share_kept("a b c d", "a x c d e") == 75


def test_what_does_not_agree_is_struck_out_and_not_kept(client: Client, case: Case) -> None:
    told = client.post(f"/cases/{case.pk}/summary/keep/", {"text": "Known as Jane Citizen, born 1985-06-07 [1]"})
    assert told.status_code == 422
    assert b"<del>Known as Jane Citizen, born 1985-06-07 [1]</del>" in told.content
    assert not Comment.objects.exists()
