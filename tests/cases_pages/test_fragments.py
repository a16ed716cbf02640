"""The parts of the case page that are addresses of their own: header, facts, comments, timeline."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEntry
from cases.models import Case
from cases.services import claim_case, comment_on_case, escalate_case, need_person
from notifications.models import Notification
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.documents import make_read_document

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def analyst(client: Client) -> User:
    person = make_person(Role.ANALYST)
    client.force_login(person)
    return person


def _queued(name: str = "Jane Citizen") -> Case:
    made = make_case(name=name)
    need_person(case=made, code="test", sentence="An open question", source_type="t", source_id=1)
    made.refresh_from_db()
    return made


def _get(client: Client, path: str, **headers: str) -> str:
    return str(client.get(path, **headers).content.decode())


def test_header_that_a_live_hint_fetches_is_no_look_at_the_case(client: Client, analyst: User) -> None:
    case = _queued()
    header = _get(client, f"/cases/{case.pk}/header/", **HTMX)
    assert case.number in header
    assert "<html" not in header
    assert not AuditEntry.objects.filter(action="cases.case_viewed").exists()


def test_header_of_a_stale_page_says_who_changed_what(client: Client, analyst: User) -> None:
    case = _queued()
    other = make_person(Role.ANALYST, first_name="Rui", last_name="Rival")
    claim_case(case_id=case.pk, by=other.actor)
    header = _get(client, f"/cases/{case.pk}/header/?seen={case.version}", **HTMX)
    assert "This case changed since you opened it" in header
    assert "New → <strong>In review" in header


def test_walk_shows_the_place_in_the_view_and_leads_to_the_neighbours(client: Client, analyst: User) -> None:
    first, second, third = _queued("A"), _queued("B"), _queued("C")
    Case.objects.filter(pk=first.pk).update(priority=90)
    Case.objects.filter(pk=second.pk).update(priority=80)
    Case.objects.filter(pk=third.pk).update(priority=70)
    page = _get(client, f"/cases/{second.pk}/?view=open")
    assert ">2/3<" in page
    assert f'href="/cases/{first.pk}/?view=open" rel="prev"' in page
    assert f'href="/cases/{third.pk}/?view=open" rel="next"' in page


def test_page_that_was_not_opened_from_a_view_offers_no_walk(client: Client, analyst: User) -> None:
    assert "Walk the view" not in _get(client, f"/cases/{_queued().pk}/")


def test_facts_say_where_each_came_from_and_whether_the_document_agrees(client: Client, analyst: User) -> None:
    case = _queued()
    make_read_document(case.customer)
    facts = _get(client, f"/cases/{case.pk}/facts/", **HTMX)
    assert "ti-forms" in facts
    assert "#box-date_of_birth" in facts
    assert 'aria-label="agrees"' in facts


def test_facts_show_what_a_document_says_otherwise(client: Client, analyst: User) -> None:
    case = _queued("Joan Somebody")
    make_read_document(case.customer)
    assert "✗ <bdi>JANE CITIZEN</bdi>" in _get(client, f"/cases/{case.pk}/facts/", **HTMX)


def test_timeline_tells_people_from_the_system_and_shows_values(client: Client, analyst: User) -> None:
    case = _queued()
    claim_case(case_id=case.pk, by=analyst.actor)
    people = _get(client, f"/cases/{case.pk}/timeline/?show=people", **HTMX)
    system = _get(client, f"/cases/{case.pk}/timeline/?show=system", **HTMX)
    assert "<del>new</del> <ins>in_review</ins>" in people
    assert "put the case into the queue" in system
    assert "put the case into the queue" not in people


def test_comment_by_htmx_answers_with_the_comments_alone(client: Client, analyst: User) -> None:
    case = _queued()
    answer = client.post(f"/cases/{case.pk}/comments/", {"text": "see this, @rui.reviewer"}, **HTMX).content.decode()
    assert '<span class="mention">@rui.reviewer</span>' in answer
    assert "<html" not in answer


def test_conflict_says_who_changed_what_keeps_the_text_and_lets_it_be_sent_again(client: Client, analyst: User) -> None:
    case = _queued()
    claim_case(case_id=case.pk, by=analyst.actor)
    typed = {"reason": "needs a senior", "version": case.version}
    answer = client.post(f"/cases/{case.pk}/escalate/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "needs a senior" in page
    assert "Assignee nobody →" in page
    case.refresh_from_db()
    assert f'name="version" value="{case.version}"' in page


def test_rationale_is_kept_where_the_case_went_on_without_the_one_who_typed(client: Client, analyst: User) -> None:
    case = _queued()
    claim_case(case_id=case.pk, by=analyst.actor)
    case.refresh_from_db()
    escalate_case(case_id=case.pk, reason="too much", by=analyst.actor)
    typed = {"kind": "reject", "reason_code": "sanctioned", "rationale": "typed with care", "version": case.version}
    page = client.post(f"/cases/{case.pk}/decisions/", typed).content.decode()
    assert "typed with care" in page
    assert "What you typed" in page


def test_case_page_makes_the_same_queries_for_few_and_many_comments_and_documents(
    client: Client, analyst: User
) -> None:
    case = _queued()
    make_read_document(case.customer)
    comment_on_case(case_id=case.pk, text="one", by=analyst.actor)
    _get(client, f"/cases/{case.pk}/?view=open")
    with CaptureQueriesContext(connection) as few:
        _get(client, f"/cases/{case.pk}/?view=open")
    for number in range(3):
        comment_on_case(case_id=case.pk, text=str(number), by=make_person(Role.ANALYST).actor)
        make_read_document(case.customer)
        _queued(f"Other {number}")
    with CaptureQueriesContext(connection) as many:
        _get(client, f"/cases/{case.pk}/?view=open")
    assert len(many) == len(few)


def test_mention_tells_the_colleague_and_nobody_who_may_not_see_cases(client: Client, analyst: User) -> None:
    case, colleague = _queued(), make_person(Role.REVIEWER, username="rui.reviewer")
    client.post(f"/cases/{case.pk}/comments/", {"text": "@rui.reviewer, @nobody: mail a@rui.reviewer"})
    told = Notification.objects.get()
    assert (told.person, told.text) == (colleague, f"You are mentioned on {case.number}")


def test_ticking_by_htmx_answers_with_the_checklist_alone(client: Client, analyst: User) -> None:
    case = _queued()
    answer = client.post(f"/cases/{case.pk}/checklist/", {"code": "funds", "done": "on"}, **HTMX).content.decode()
    assert "Take back: Source of funds and wealth is documented" in answer
    assert "<html" not in answer


def test_tag_is_added_and_removed_without_a_script(client: Client, analyst: User) -> None:
    case = _queued()
    client.post(f"/cases/{case.pk}/tags/", {"add": "Urgent VIP"})
    assert "Remove the tag urgent vip" in _get(client, f"/cases/{case.pk}/")
    client.post(f"/cases/{case.pk}/tags/", {"remove": "urgent vip"})
    assert "Remove the tag" not in _get(client, f"/cases/{case.pk}/")


def test_linked_parties_say_what_is_shared_and_lead_to_the_other_case(client: Client, analyst: User) -> None:
    case, other = _queued_with_phone("Jane Citizen"), _queued_with_phone("Joan Other")
    linked = _get(client, f"/cases/{case.pk}/linked/", **HTMX)
    assert "Joan Other" in linked
    assert ">Phone<" in linked
    assert f'href="/cases/{other.pk}/"' in linked


def _queued_with_phone(name: str) -> Case:
    made = make_case(name=name, phone="+49 30 1234567")
    need_person(case=made, code="test", sentence="An open question", source_type="t", source_id=1)
    return made


def test_priority_shows_the_sum_with_the_cases_own_values(client: Client, analyst: User) -> None:
    assert "risk 0.50 × 45" in _get(client, f"/cases/{_queued().pk}/header/", **HTMX)
