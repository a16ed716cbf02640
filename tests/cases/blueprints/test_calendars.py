"""Business hours."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.blueprints.calendars import BusinessCalendar, default_calendars, read_calendars

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.datetimes(
    datetime.fromisoformat("2021-01-01"), datetime.fromisoformat("2035-01-01"), timezones=st.just(timezone.utc)
)


def _calendar(holidays: list[str] | None = None) -> BusinessCalendar:
    body = default_calendars("Europe/Berlin")
    body["calendars"][0]["holidays"] = holidays or ["12-25"]
    calendars, faults = read_calendars(body)
    assert not faults
    return calendars.named("office")


def test_a_weekend_and_a_holiday_take_no_time() -> None:
    calendar = _calendar(["12-25"])
    thursday, monday = datetime(2026, 12, 24, 16, tzinfo=BERLIN), datetime(2026, 12, 28, 10, tzinfo=BERLIN)
    assert calendar.minutes_between(thursday, monday) == 120


def test_eight_hours_from_friday_noon_end_on_monday_noon() -> None:
    friday = datetime(2026, 11, 20, 12, tzinfo=BERLIN)
    assert _calendar().moment_after(friday, 8 * 60) == datetime(2026, 11, 23, 12, tzinfo=BERLIN)


def test_time_over_the_change_to_summer_time_follows_the_clock() -> None:
    friday = datetime(2027, 3, 26, 16, tzinfo=BERLIN)
    assert _calendar().moment_after(friday, 120) == datetime(2027, 3, 29, 10, tzinfo=BERLIN)


@given(MOMENTS, st.integers(0, 10_000))
def test_the_minutes_between_a_moment_and_the_one_so_much_later_are_as_asked(start: datetime, minutes: int) -> None:
    calendar = _calendar()
    end = calendar.moment_after(start, minutes)
    assert end >= start
    assert calendar.minutes_between(start, end) == minutes


@given(MOMENTS, st.integers(0, 100_000))
def test_business_time_never_runs_backwards(start: datetime, minutes: int) -> None:
    assert _calendar().minutes_between(start, start + timedelta(minutes=minutes)) >= 0


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"time_zone": "Middle/Earth"}, "/calendars/0/time_zone"), ({"hours": {}}, "/calendars/0/hours"),
        ({"hours": {"monday": "17:00-09:00"}}, "/calendars/0/hours/monday"),
        ({"hours": {"monday": "9 to 5"}}, "/calendars/0/hours/monday"), ({"holidays": ["13-45"]}, "/calendars/0/holidays"),
        ({"code": "always"}, "/calendars/1/code"), ({"title": ""}, "/calendars/0/title"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is(change: dict[str, object], pointer: str) -> None:
    body = default_calendars()
    body["calendars"][0] |= change
    assert pointer in {fault.pointer for fault in read_calendars(body)[1]}
