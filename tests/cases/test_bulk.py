"""One thing done to several cases, and taking it back."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import User
from cases import services
from cases.enums import BulkVerb, CaseStatus, DecisionState
from cases.models import BulkAction, Case, Decision, Queue
from cases.services import BulkInputs
from core.clock import now
from core.exceptions import Conflict, InvalidInput, PermissionRefused
from customers.models import Customer
from tests.factories.accounts import make_person
from tests.factories.cases import make_case
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> User:
    return make_person(Role.REVIEWER)


def _waiting(*names: str) -> list[Case]:
    cases = [make_case(name=name) for name in names]
    for case in cases:
        services.need_person(case=case, code="t", sentence="s", source_type="t", source_id=1)
    return cases


def _do(verb: BulkVerb, cases: list[Case], by: User, **inputs: object) -> BulkAction:
    return services.apply_to_cases(
        verb=verb, case_ids=[case.pk for case in cases], inputs=BulkInputs(**inputs), by=by.actor
    )


def _states() -> list[tuple[str, object, str, object]]:
    return list(Case.objects.order_by("id").values_list("status", "assignee", "queue__name", "snoozed_until"))


@pytest.mark.parametrize("verb", ["assign", "move", "tag", "snooze", "escalate"])
def test_what_was_done_is_taken_back(verb: str, reviewer: User) -> None:
    cases = _waiting("A", "B")
    inputs = {
        "assign": {"assignee": make_person()}, "move": {"queue_id": Queue.objects.get(name="Monitoring").pk},
        "tag": {"tag": "Bulk"}, "snooze": {"until": now() + timedelta(days=1), "reason": "later"},
        "escalate": {"reason": "hard"},
    }  # fmt: skip
    before = _states()
    action = _do(BulkVerb(verb), cases, reviewer, **inputs[verb])
    assert all(row["done"] for row in action.rows)
    assert verb == "tag" or _states() != before
    undone = services.undo_bulk(action_id=action.pk, by=reviewer.actor)
    assert {row["told"] for row in undone.rows} == {"is as it was"}
    assert _states() == before
    assert not cases[0].taggings.exists()


def test_a_case_that_refuses_leaves_the_others_done(reviewer: User) -> None:
    one, other = _waiting("A", "B")
    services.assign_case(case_id=other.pk, assignee=make_person(), by=reviewer.actor)
    rows = {row["number"]: row for row in _do(BulkVerb.ASSIGN, [one, other], reviewer, assignee=reviewer).rows}
    assert rows[one.number]["done"]
    assert "works on this case" in rows[other.number]["told"]


def test_dismissals_follow_the_policy_and_can_be_withdrawn(reviewer: User) -> None:
    services.ensure_case_configuration()
    customers = [make_customer(name=name) for name in ("A", "B")]
    Customer.objects.update(status="active")
    cases = [make_alert(customer).customer.cases.get() for customer in customers]
    cases += _waiting("An onboarding")
    told = {"reason_code": "usual_business", "rationale": "Salaries, as every month."}
    action = _do(BulkVerb.DISMISS, cases, reviewer, **told)
    assert sorted(row["done"] for row in action.rows) == [False, True, True]
    assert Decision.objects.filter(state=DecisionState.PROPOSED, kind="dismiss").count() == 2
    services.undo_bulk(action_id=action.pk, by=reviewer.actor)
    assert Decision.objects.filter(state=DecisionState.WITHDRAWN).count() == 2
    assert set(Case.objects.values_list("status", flat=True)) == {CaseStatus.NEW}


def test_a_case_changed_since_stays_as_it_is(reviewer: User) -> None:
    cases = _waiting("A")
    action = _do(BulkVerb.ASSIGN, cases, reviewer, assignee=reviewer)
    services.escalate_case(case_id=cases[0].pk, reason="hard", by=reviewer.actor)
    assert "changed since" in services.undo_bulk(action_id=action.pk, by=reviewer.actor).rows[0]["told"]


@pytest.mark.parametrize("change", [{"created_at": timedelta(seconds=-30)}, {"undone_at": timedelta(0)}])
def test_too_late_twice_or_by_somebody_else_is_refused(change: dict[str, timedelta], reviewer: User) -> None:
    action = _do(BulkVerb.TAG, _waiting("A"), reviewer, tag="x")
    with pytest.raises(Conflict):
        services.undo_bulk(action_id=action.pk, by=make_person().actor)
    BulkAction.objects.update(**{column: now() + since for column, since in change.items()})
    with pytest.raises(Conflict):
        services.undo_bulk(action_id=action.pk, by=reviewer.actor)


def test_an_analyst_gives_no_case_to_somebody_else() -> None:
    with pytest.raises(PermissionRefused):
        _do(BulkVerb.ASSIGN, _waiting("A"), make_person(), assignee=make_person())


def test_nothing_chosen_or_missing_is_refused(reviewer: User) -> None:
    with pytest.raises(InvalidInput):
        _do(BulkVerb.TAG, [], reviewer, tag="x")
    with pytest.raises(InvalidInput):
        _do(BulkVerb.SNOOZE, _waiting("A"), reviewer, reason="no time")
