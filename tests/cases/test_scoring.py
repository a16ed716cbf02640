"""What a case's row repeats, its deadline in business hours, its priority."""

from datetime import timedelta

import pytest

from cases import services
from cases.enums import BlueprintKind
from cases.models import Case
from cases.selectors import blueprints_in_force, body_in_force, priority_explanations
from cases.services.scoring import refresh_deadline_pressure, rescore_outdated_cases
from core.clock import now
from core.exceptions import InvalidInput
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.monitoring import make_alert

pytestmark = pytest.mark.django_db


def _waiting(**party: object) -> Case:
    case = make_case(**party)
    services.need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    case.refresh_from_db()
    return case


def test_a_case_repeats_what_its_row_shows() -> None:
    other, case = _waiting(name="One"), _waiting(name="Other", email="same@example.org")
    _waiting(name="Third", email="SAME@example.org", country="")
    make_alert(case.customer)
    services.need_person(case=case, code="u", sentence="s", source_type="t", source_id=2)
    case.refresh_from_db()
    assert (case.country, case.linked_cases, case.amount_flagged) == ("AU", 1, 100)
    assert Case.objects.get(pk=other.pk).linked_cases == 0


def test_the_deadline_is_in_business_hours_of_the_queue() -> None:
    case = _waiting()
    calendar = blueprints_in_force().calendar_of(case.queue)
    assert calendar.minutes_between(case.created_at, case.due_at) == case.allowed_minutes


def test_pressure_raises_the_priority_without_touching_the_version() -> None:
    case = _waiting()
    before, version = case.priority, case.version
    Case.objects.update(clock_start=0, clock_due=1)
    refresh_deadline_pressure()
    case.refresh_from_db()
    assert case.priority == before + 35
    assert case.version == version


def test_refreshed_in_the_database_or_scored_alone_the_priority_is_the_same() -> None:
    case = _waiting()
    Case.objects.update(clock_started_at=now() - timedelta(days=3))
    Case.objects.update(scored_under="")
    rescore_outdated_cases()
    case.refresh_from_db()
    scored = case.priority
    Case.objects.update(priority=0)
    refresh_deadline_pressure()
    case.refresh_from_db()
    assert case.priority == scored


def test_a_clock_that_stood_still_moves_the_deadline() -> None:
    case = _waiting()
    due = case.due_at
    services.pause_deadline(case)
    case.paused_since = now() - timedelta(days=14)
    services.resume_deadline(case)
    assert case.due_at > due
    assert case.paused_since is None


def test_new_weights_reach_open_cases_and_their_formula() -> None:
    case = _waiting()
    body = body_in_force(BlueprintKind.PRIORITY) | {"weights": {"risk": 100, "deadline": 0, "amount": 0, "links": 0}}
    services.publish_blueprint(kind=BlueprintKind.PRIORITY, body=body, by=make_person().actor)
    rescore_outdated_cases()
    case.refresh_from_db()
    assert case.priority == 50
    assert priority_explanations([case])[case.pk].startswith("risk 0.50 × 100")


def test_a_blueprint_with_faults_is_not_published() -> None:
    with pytest.raises(InvalidInput) as caught:
        services.publish_blueprint(kind=BlueprintKind.DEADLINES, body={"rows": [{}]}, by=make_person().actor)
    assert {fault.pointer for fault in caught.value.faults} == {"/rows/0/from_points", "/rows/0/hours"}
