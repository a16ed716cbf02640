"""What runs when: a week by the reader's clock, schedules by their own, the product's periodic work."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
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


@pytest.mark.parametrize(
    ("reader", "monday", "hours"),
    [
        ("Pacific/Kiritimati", date(2026, 3, 23), 168), ("Pacific/Pago_Pago", date(2026, 3, 23), 168),  # 25 hours apart
        ("America/Santiago", date(2026, 8, 31), 167),  # clocks go forward at midnight: a day that begins at one
        ("Europe/Vienna", date(2026, 10, 19), 169),
    ],
)  # fmt: skip
def test_no_time_is_lost_or_told_twice_across_the_date_line_and_summer_time(
    reader: str, monday: date, hours: int
) -> None:
    _publish("Quarterly", "0 */6 * * *")
    _publish("Elsewhere", "30 9 * * *", "Pacific/Kiritimati")
    with timezone.override(reader):
        days = week_of(monday)
    begin, end = (datetime.combine(on, time.min, ZoneInfo(reader)) for on in (monday, monday + timedelta(days=7)))
    assert (end.astimezone(UTC) - begin.astimezone(UTC)) == timedelta(hours=hours)
    expected = [at for at in (begin.astimezone(UTC).replace(minute=0) + timedelta(hours=n) for n in range(-1, 170))
                if at.hour % 6 == 0 and begin <= at < end]  # fmt: skip
    fires = [fire for day in days for fire in day.fires]
    assert [fire.at.astimezone(UTC) for fire in fires if fire.schedule.workflow.name == "Quarterly"] == expected
    assert [fire.at.astimezone(UTC).hour for fire in fires if fire.schedule.workflow.name == "Elsewhere"] == [19] * 7
    assert all(fire.at.date() == day.on for day in days for fire in day.fires)


def test_weeks_lead_to_each_other_and_times_are_written_as_the_reader_does(client: Client) -> None:
    _publish("Daily", "0 6 * * *", "Asia/Tokyo")
    client.force_login(make_person(Role.ANALYST))
    page = client.get(reverse("workflows:calendar"), {"week": "2026-03-29"}, headers={"Accept-Language": "de"})
    told = page.content.decode()
    assert 'href="?week=2026-03-22"' in told
    assert 'href="?week=2026-04-05"' in told
    assert re.search(r"\d\d\.\d\d\.\d{4} 06:00 JST", told)


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
