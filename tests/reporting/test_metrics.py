"""The dashboard's numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import User
from cases.enums import CaseStatus
from cases.models import Case, Decision, Queue
from core.clock import now, today
from monitoring.enums import AlertDisposition, AlertReason
from monitoring.models import AlertDecision
from monitoring.services import dispose_alert, record_alert_view
from reporting.metrics import METRICS, Metric, Scope
from reporting.metrics.sla import breaches
from screening.models import Watchlist
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_alert

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _metric(code: str, **scope: object) -> Metric:
    return METRICS[code].compute(Scope(make_person(Role.AUDITOR), **scope))


def _case(number: int, **fields: object) -> Case:
    queue, _ = Queue.objects.get_or_create(name="Onboarding")
    values = {"number": f"CASE-{number}", "customer": make_customer(), "queue": queue, "due_at": now()}
    return Case.objects.create(**(values | fields))


def _decided(number: int, state: str, proposer: User, approver: User) -> None:
    case = _case(number, status=CaseStatus.CLOSED, closed_at=now())
    both = {"proposed_by": proposer, "approved_by": approver if state == "approved" else None}
    Decision.objects.create(
        case=case,
        kind="reject",
        state=state,
        reason_code="r",
        rationale="r",
        evidence_sha256="",
        settled_at=now(),
        **both,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(METRICS))
def test_every_metric_is_a_table_as_wide_as_its_header(code: str) -> None:
    _case(1, needs_person_since=now())
    make_alert()
    metric = _metric(code)
    assert all(len(row) == len(metric.header) for row in metric.rows)
    assert (metric.code, metric.title) == (code, METRICS[code].title)


@pytest.mark.django_db
def test_cases_are_counted_by_status_with_zeros_for_the_others() -> None:
    for number in range(2):
        _case(number, status=CaseStatus.IN_REVIEW)
    told = dict(_metric("cases-by-status").rows)
    assert told[CaseStatus.IN_REVIEW.label] == 2
    assert sum(told.values()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "age"), [
    (0, "under 1 day"), (1.5, "1-2 days"), (3, "2-5 days"), (9.9, "5-10 days"), (40, "over 10 days"),
])  # fmt: skip
def test_waiting_case_stands_in_its_age(days: float, age: str) -> None:
    _case(1, needs_person_since=now() - timedelta(days=days))
    _case(2, status=CaseStatus.CLOSED, closed_at=now(), needs_person_since=now())
    assert [label for label, number in _metric("queue-age").rows if number] == [age]


@pytest.mark.django_db
def test_throughput_tells_todays_cases_on_the_last_day_and_leaves_out_what_is_older() -> None:
    _case(1)
    Case.objects.filter(pk=_case(2).pk).update(created_at=now() - timedelta(days=9))
    rows = _metric("throughput", days=7).rows
    assert (len(rows), rows[-1], sum(row[1] for row in rows)) == (8, (today().isoformat(), 1, 0, 0), 1)


@pytest.mark.django_db
def test_a_reviewer_whose_proposal_was_returned_is_overturned() -> None:
    ana, rui = make_person(first_name="Ana", last_name="A"), make_person(Role.REVIEWER, first_name="Rui", last_name="R")
    for number, state in enumerate(["approved", "approved", "approved", "returned"]):
        _decided(number, state, ana, rui)
    rows = {row[0]: row[1:5] for row in _metric("reviewers").rows}
    assert rows == {"Ana A": (3, 1, 25, 0), "Rui R": (0, 0, None, 3)}


@pytest.mark.django_db
def test_overturned_decisions_are_told_by_month_and_by_reason_with_their_interval() -> None:
    ana, rui = make_person(), make_person(Role.REVIEWER)
    for number, state in enumerate(["approved", "approved", "approved", "returned"]):
        _decided(number, state, ana, rui)
    assert _metric("overturned-by-month").rows == ((f"{today():%Y-%m}", 4, 1, 25, 5, 70),)
    assert _metric("overturned-by-reason").rows == (("r", 4, 1, 25, 5, 70),)


@pytest.mark.django_db
def test_a_list_without_a_decided_hit_has_no_share_of_false_positives() -> None:
    Watchlist.objects.create(name="Quiet", kind="sanction", format="internal_csv")
    assert ("Quiet", 0, 0, 0, None) in _metric("hits-by-list").rows


@pytest.mark.django_db
def test_an_alert_counts_for_its_scenario_on_its_day_and_costs_what_it_took() -> None:
    alert, person = make_alert(), make_person()
    record_alert_view(alert=alert, by=person.actor)
    dispose_alert(
        alert_id=alert.pk, disposition=AlertDisposition.SUSPICIOUS, reason_code=AlertReason.KNOWN_TYPOLOGY,
        rationale="It fits.", by=person.actor,
    )  # fmt: skip
    AlertDecision.objects.update(created_at=now() + timedelta(minutes=30))
    title = alert.scenario.title
    assert _metric("alerts-a-day").rows[-1] == (today().isoformat(), 1)
    assert _metric("conversion").rows == ((title, 1, 1, 1, 0, 0, 100),)
    assert _metric("rule-value").rows == ((title, 1, 1, 30.0, 0.5, 30),)


@pytest.mark.django_db
def test_the_forecast_says_how_many_will_breach() -> None:
    for number in range(3):
        _case(number, needs_person_since=now(), due_at=now() + timedelta(days=2))
    metric = _metric("sla-forecast")
    assert metric.sentence.startswith("3 will breach by ")
    assert [row[1:] for row in metric.rows] == [(0, 0), (0, 0), *[(3, 3)] * 6]


def test_what_can_be_done_in_time_is_not_missed() -> None:
    due = [(NOON + timedelta(days=1), 10), (NOON + timedelta(days=2), 10)]
    ends = [NOON + timedelta(days=number) for number in range(4)]
    assert breaches(due, 5, NOON, ends) == [0, 5, 10, 10]  # 5 a day: half of the first day's, half of the second's
    assert breaches(due, 10, NOON, ends) == [0, 0, 0, 0]
    assert breaches(due, 0, NOON, ends) == [0, 10, 20, 20]


@given(st.lists(st.integers(0, 50), max_size=10), st.floats(0, 40))
def test_more_hands_never_miss_more(numbers: list[int], rate: float) -> None:
    due = [(NOON + timedelta(hours=6 * place), number) for place, number in enumerate(numbers)]
    ends = [NOON + timedelta(days=9)]
    slower, faster = breaches(due, rate, NOON, ends)[0], breaches(due, rate * 2 + 1, NOON, ends)[0]
    assert 0 <= faster <= slower <= sum(numbers)
