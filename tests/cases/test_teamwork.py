"""What people add to a case: comments that name people, tags, ticks, presence."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import User
from cases import selectors, services
from cases.enums import DecisionKind
from cases.models import Case, CaseViewer
from core.clock import now
from core.exceptions import InvalidInput
from notifications.models import Notification, Outbox
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> User:
    return make_person(Role.ANALYST)


@pytest.fixture
def case(analyst: User) -> Case:
    made = make_case()
    services.need_person(case=made, code="test", sentence="a test", source_type="test", source_id=1)
    return services.claim_case(case_id=made.pk, by=analyst.actor)


def test_somebody_named_in_a_comment_is_told(case: Case, analyst: User) -> None:
    other = make_person()
    services.comment_on_case(case_id=case.pk, text=f"Look, @{other.username}!", by=analyst.actor)
    assert case.number in Notification.objects.get(person=other).text


def test_a_tag_is_spelt_one_way_and_put_once(case: Case, analyst: User) -> None:
    assert services.add_tag(case_id=case.pk, name=" #Shell  Company ", by=analyst.actor)
    assert not services.add_tag(case_id=case.pk, name="shell company", by=analyst.actor)
    assert [tagging.tag.name for tagging in case.taggings.all()] == ["shell company"]
    assert services.remove_tag(case_id=case.pk, name="shell company", by=analyst.actor)


def test_an_empty_tag_is_refused(case: Case, analyst: User) -> None:
    with pytest.raises(InvalidInput):
        services.add_tag(case_id=case.pk, name="  ", by=analyst.actor)


def test_a_decision_waits_for_its_checklist(case: Case, analyst: User) -> None:
    told = {"case_id": case.pk, "kind": DecisionKind.EXIT_RELATIONSHIP, "reason_code": "sanctioned",
            "rationale": "The customer is listed.", "by": analyst.actor}  # fmt: skip
    with pytest.raises(InvalidInput) as caught:
        services.propose_decision(**told)
    assert [fault.pointer for fault in caught.value.faults] == ["/checklist"]
    services.tick_checklist_item(case_id=case.pk, code="balances", by=analyst.actor)
    assert services.propose_decision(**told).kind == DecisionKind.EXIT_RELATIONSHIP


def test_a_tick_can_be_taken_back(case: Case, analyst: User) -> None:
    services.tick_checklist_item(case_id=case.pk, code="balances", by=analyst.actor)
    services.tick_checklist_item(case_id=case.pk, code="balances", done=False, by=analyst.actor)
    line = next(line for line in selectors.checklist_for_case(case) if line.code == "balances")
    assert (line.done, line.automatic, line.needed_for) == (False, False, ["Exit the relationship"])


def test_what_the_facts_tick_cannot_be_ticked_by_hand(case: Case, analyst: User) -> None:
    with pytest.raises(InvalidInput):
        services.tick_checklist_item(case_id=case.pk, code="hits", by=analyst.actor)


def test_who_has_the_case_open_is_seen_until_they_leave_or_fall_silent(case: Case, analyst: User) -> None:
    other = make_person()
    for person in (analyst, other, other):
        services.note_presence(case=case, by=person.actor)
    assert Outbox.objects.filter(event="viewers-changed").count() == 2
    assert selectors.viewers_of(case.pk, besides=analyst) == [other]
    CaseViewer.objects.filter(person=other).update(seen_at=now() - timedelta(minutes=5))
    assert selectors.viewers_of(case.pk, besides=analyst) == []
    services.end_presence(case=case, by=analyst.actor)
    assert selectors.viewers_of(case.pk) == []
