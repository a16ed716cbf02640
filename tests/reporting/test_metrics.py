"""The dashboard's numbers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from cases.enums import CaseStatus
from cases.models import Case, Queue
from core.clock import now, today
from reporting import metrics
from screening.selectors import ListCounts
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_alert

pytestmark = pytest.mark.django_db


def _case(number: int, **fields: object) -> Case:
    queue, _ = Queue.objects.get_or_create(name="Onboarding")
    values = {"number": f"CASE-{number}", "customer": make_customer(), "queue": queue, "due_at": now()}
    return Case.objects.create(**(values | fields))


def test_cases_are_counted_by_status_with_zeros_for_the_others() -> None:
    for number in range(2):
        _case(number, status=CaseStatus.IN_REVIEW)
    told = dict(metrics.cases_by_status().rows)
    assert told[CaseStatus.IN_REVIEW.label] == 2
    assert len(told) == len(CaseStatus.choices)
    assert sum(told.values()) == 2


@pytest.mark.parametrize(("days", "age"), [
    (0, "under 1 day"), (1.5, "1-2 days"), (3, "2-5 days"), (9.9, "5-10 days"), (40, "over 10 days"),
])  # fmt: skip
def test_waiting_case_stands_in_its_age(days: float, age: str) -> None:
    _case(1, needs_person_since=now() - timedelta(days=days))
    assert [label for label, number in metrics.queue_age().rows if number] == [age]


def test_closed_and_not_waiting_cases_have_no_queue_age() -> None:
    _case(1, status=CaseStatus.CLOSED, closed_at=now(), needs_person_since=now())
    _case(2)
    assert sum(number for _, number in metrics.queue_age().rows) == 0


def test_throughput_tells_todays_cases_on_the_last_of_31_days() -> None:
    _case(1)
    rows = metrics.throughput().rows
    assert (len(rows), rows[-1]) == (31, (today().isoformat(), 1, 0, 0))


def test_throughput_leaves_out_what_is_older() -> None:
    Case.objects.filter(pk=_case(1).pk).update(created_at=now() - timedelta(days=32))
    assert sum(row[1] for row in metrics.throughput().rows) == 0


def test_list_without_a_decided_hit_has_no_share_of_false_positives(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, worked = ListCounts("A", 4, 0, 0), ListCounts("B", 0, 1, 3)
    monkeypatch.setattr(metrics, "hit_counts_by_list", lambda: [fresh, worked])
    assert metrics.hits_by_list().rows == (("A", 4, 0, 0, None), ("B", 0, 1, 3, 75))


def test_open_alert_counts_for_its_scenario() -> None:
    title = make_alert().scenario.title
    assert (title, 1, 1, 0) in metrics.alerts_by_scenario().rows


def test_chart_and_table_say_the_same(client: Client) -> None:
    client.force_login(make_person(Role.AUDITOR))
    _case(1, status=CaseStatus.ESCALATED)
    data = client.get(reverse("reporting:metric_data", args=["cases-by-status"])).json()
    assert data["rows"] == [list(row) for row in metrics.cases_by_status().rows]
    assert "Cases by status" in client.get(reverse("reporting:dashboard")).content.decode()
