"""What runs when: a week by the reader's clock, schedules by their own, the product's periodic work."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from core.actor import system_actor
from tests.factories.accounts import make_person
from workflows import services
from workflows.calendar_page import schedule_lines, week_of
from workflows.models import Run, WorkflowSchedule
from workflows.periodic import run_due_periodic
from workflows.services.scheduling import start_scheduled

pytestmark = pytest.mark.django_db
BY = system_actor("tests")


def _publish(name: str, cron: str, zone: str = "UTC") -> None:
    steps = "steps: [{name: Ask, action: await_callback, with: {what: x}}]"
    trigger = f'{{on: schedule, cron: "{cron}", time_zone: {zone}, catch_up: skip}}'
    services.publish_workflow(text=f"workflow: {{name: {name}, trigger: {trigger}, {steps}}}", by=BY)


def test_a_week_shows_each_time_by_the_reader_s_clock_and_its_own_over_summer_time() -> None:
    _publish("Daily", "0 6 * * *", "Europe/Lisbon")
    _publish("Often", "*/5 * * * *")
    days = week_of(date(2026, 3, 29))
    assert [day.on.day for day in days] == [23, 24, 25, 26, 27, 28, 29]
    daily = [next(fire for fire in day.fires if fire.schedule.workflow.name == "Daily") for day in days]
    assert [fire.at.hour for fire in daily] == [6, 6, 6, 6, 6, 6, 5]
    assert (daily[0].own_clock, daily[6].own_clock) == ("", "06:00 Europe/Lisbon")
    often = [fire for fire in days[0].fires if fire.schedule.workflow.name == "Often"]
    assert [fire.times for fire in often] == [288]


def test_a_time_that_is_past_leads_to_its_run(client: Client) -> None:
    _publish("Daily", "0 6 * * *")
    schedule = WorkflowSchedule.objects.get()
    WorkflowSchedule.objects.update(next_at=schedule.next_at - timedelta(days=1), catch_up="once")
    start_scheduled()
    run = Run.objects.get()
    run_due_periodic()
    planned = schedule.next_at - timedelta(days=1)
    client.force_login(make_person(Role.ANALYST))
    page = client.get(reverse("workflows:calendar"), {"week": planned.date().isoformat()}).content.decode()
    assert page.count(reverse("workflows:run_detail", args=[run.pk])) == 2
    assert "made up by one run" in page
    assert "Start scheduled workflows" in page
    assert client.get(reverse("workflows:calendar"), {"week": "nonsense"}).status_code == 200


def test_the_calendar_takes_as_many_queries_for_many_schedules(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(6):
        _publish(f"Daily {number}", f"{number} 6 * * *")
    with django_assert_max_num_queries(4):
        week_of(date(2026, 3, 29))
        schedule_lines()


def test_the_calendar_is_for_who_sees_runs(client: Client) -> None:
    assert client.get(reverse("workflows:calendar")).status_code == 302
