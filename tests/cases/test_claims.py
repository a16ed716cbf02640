"""Claims with their lease, the next case, teams, automatic assignment."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from cases import services
from cases.enums import BlueprintKind, CaseStatus
from cases.exceptions import AssignedToSomebodyElse
from cases.models import Case, Queue, QueueMember
from cases.selectors import body_in_force
from core.clock import now
from core.exceptions import InvalidInput
from tests.factories.accounts import make_person
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


def _waiting(name: str = "Jane Citizen") -> Case:
    case = make_case(name=name)
    services.need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    return case


def test_a_claim_whose_lease_ran_out_goes_back_to_the_queue() -> None:
    case, person = _waiting(), make_person()
    services.claim_case(case_id=case.pk, by=person.actor)
    Case.objects.update(lease_until=now() - timedelta(minutes=1))
    services.release_expired_claims()
    case.refresh_from_db()
    assert (case.status, case.assignee) == (CaseStatus.NEW, None)


def test_a_heartbeat_keeps_ones_own_claim_and_no_other() -> None:
    case, person = _waiting(), make_person()
    services.claim_case(case_id=case.pk, by=person.actor)
    Case.objects.update(lease_until=now() + timedelta(minutes=1))
    assert services.renew_lease(case_id=case.pk, by=person.actor)
    assert not services.renew_lease(case_id=case.pk, by=make_person().actor)
    case.refresh_from_db()
    assert case.lease_until is not None
    assert case.lease_until > now() + timedelta(minutes=25)


def test_what_somebody_was_given_has_no_lease_and_stays_theirs() -> None:
    case, person = _waiting(), make_person()
    services.assign_case(case_id=case.pk, assignee=person, by=make_person(Role.REVIEWER).actor)
    services.release_expired_claims()
    with pytest.raises(AssignedToSomebodyElse):
        services.claim_case(case_id=case.pk, by=make_person().actor)


def test_a_case_is_not_given_to_somebody_who_may_not_work_it() -> None:
    with pytest.raises(InvalidInput):
        services.assign_case(case_id=_waiting().pk, assignee=make_person(Role.AUDITOR), by=make_person().actor)


def test_next_gives_a_case_of_ones_own_team_only() -> None:
    _waiting()
    QueueMember.objects.create(queue=Queue.objects.get(name="Onboarding"), person=make_person())
    assert services.claim_next_case(by=make_person().actor) is None


def test_next_gives_an_escalated_case_to_who_may_approve() -> None:
    case, analyst = _waiting(), make_person()
    services.claim_case(case_id=case.pk, by=analyst.actor)
    services.escalate_case(case_id=case.pk, reason="over my head", by=analyst.actor)
    assert services.claim_next_case(by=analyst.actor) is None
    assert services.claim_next_case(by=make_person(Role.REVIEWER).actor) == case


def test_new_cases_go_to_the_least_loaded_of_the_team_up_to_the_cap() -> None:
    for name in ("A", "B", "C"):
        _waiting(name)
    queue = Queue.objects.get(name="Onboarding")
    one, away = make_person(), make_person()
    body = body_in_force(BlueprintKind.ASSIGNMENT) | {"cap": 5}
    services.publish_blueprint(kind=BlueprintKind.ASSIGNMENT, body=body, by=make_person().actor)
    services.save_queue(queue_id=queue.pk, name="Onboarding", sla_hours=40, calendar="office", auto_assign=True,
                        members={one.pk: 2, away.pk: None}, by=make_person().actor)  # fmt: skip
    services.set_absence(absent=True, by=away.actor)
    services.assign_waiting_cases()
    assert Case.objects.filter(assignee=one).count() == 2
    assert Case.objects.filter(assignee=None).count() == 1
    services.set_absence(absent=False, by=away.actor)
    services.assign_waiting_cases()
    assert Case.objects.filter(assignee=away).count() == 1
