"""Business hours: calendars with a time zone, hours of each weekday and holidays, and arithmetic on them.

A calendar turns an instant into the number of business minutes since a fixed day, so that the time between two instants
is a subtraction, and the pressure of a deadline can be worked out by the database for all cases at once.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from cases.blueprints.reading import Reader
from core.exceptions import Fault
from core.words import said

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ANCHOR = date(2020, 1, 6)  # a Monday
_YEARS = range(2020, 2061)
_DAY = 24 * 60
OFFICE, ALWAYS = "office", "always"


@dataclass(frozen=True)
class BusinessCalendar:
    """`hours` holds (opens, closes) in minutes of the local day for Monday to Sunday; (0, 0) is closed."""

    code: str
    title: str
    time_zone: str
    hours: tuple[tuple[int, int], ...]
    holidays: frozenset[date]

    def minutes_at(self, moment: datetime) -> int:
        """Business minutes from the anchor to `moment`. Within a day they follow the local clock."""
        local = moment.astimezone(self._zone)
        opens, closes = self._open_on(local.date())
        passed = min(max(local.hour * 60 + local.minute, opens), closes) - opens
        return self._before(local.date()) + passed

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Business minutes from `start` to `end`; negative where `end` is before."""
        return self.minutes_at(end) - self.minutes_at(start)

    def moment_after(self, start: datetime, minutes: int) -> datetime:
        """The instant at which `minutes` business minutes have passed since `start`."""
        target = self.minutes_at(start) + minutes
        days = bisect_left(range(len(_YEARS) * 366), target, key=lambda day: self._before(_ANCHOR + timedelta(day)))
        day = _ANCHOR + timedelta(days=max(0, days - 1))
        opens, _ = self._open_on(day)
        at = datetime.combine(day, time(), self._zone) + timedelta(minutes=opens + target - self._before(day))
        return max(start, at)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def _weekly(self) -> list[int]:
        """Minutes of a week before each weekday; the last is the whole week."""
        return list(accumulate((closes - opens for opens, closes in self.hours), initial=0))

    @cached_property
    def _lost(self) -> tuple[list[date], list[int]]:
        """Holidays in their order, and the minutes lost to those before each."""
        days = sorted(day for day in self.holidays if day >= _ANCHOR)
        lost = (self.hours[day.weekday()][1] - self.hours[day.weekday()][0] for day in days)
        return days, list(accumulate(lost, initial=0))

    def _before(self, day: date) -> int:
        """Business minutes from the anchor to the start of `day`."""
        weeks, rest = divmod((day - _ANCHOR).days, 7)
        days, lost = self._lost
        return weeks * self._weekly[7] + self._weekly[rest] - lost[bisect_left(days, day)]

    def _open_on(self, day: date) -> tuple[int, int]:
        return (0, 0) if day in self.holidays else self.hours[day.weekday()]


@dataclass(frozen=True)
class Calendars:
    """Every calendar by its code."""

    by_code: dict[str, BusinessCalendar]

    def named(self, code: str) -> BusinessCalendar:
        """The calendar of this code; the first where there is none any more."""
        return self.by_code.get(code) or next(iter(self.by_code.values()))


def default_calendars(time_zone: str = "UTC") -> dict[str, Any]:
    """Office hours from Monday to Friday, and around the clock."""
    week = dict.fromkeys(WEEKDAYS[:5], "09:00-17:00")
    return {
        "calendars": [
            {"code": OFFICE, "title": "Office hours", "time_zone": time_zone, "hours": week,
             "holidays": ["01-01", "12-25"]},
            {"code": ALWAYS, "title": "Around the clock", "time_zone": time_zone,
             "hours": dict.fromkeys(WEEKDAYS, "00:00-24:00"), "holidays": []},
        ]
    }  # fmt: skip


def read_calendars(body: Any) -> tuple[Calendars, list[Fault]]:
    """The calendars of a body and its faults. A holiday is a date, or month and day for one of every year."""
    reader = Reader()
    found: dict[str, BusinessCalendar] = {}
    for index, row in enumerate(reader.rows(body, "calendars", least=1)):
        pointer = f"/calendars/{index}"
        code = reader.word(row, "code", pointer, most=40)
        if code in found:
            reader.fault(f"{pointer}/code", said("“{code}” is there twice", code=code), "a code of its own")
        zone = row.get("time_zone", "")
        if zone not in available_timezones():
            reader.fault(f"{pointer}/time_zone", said("“{zone}” is no time zone", zone=zone), "such as Europe/Berlin")
        hours = _hours(reader, row.get("hours") or {}, pointer)
        holidays = frozenset(day for text in row.get("holidays") or [] for day in _days(reader, str(text), pointer))
        found[code] = BusinessCalendar(code, reader.word(row, "title", pointer), zone, hours, holidays)
    return Calendars(found), reader.faults


def _hours(reader: Reader, hours: dict[str, str], pointer: str) -> tuple[tuple[int, int], ...]:
    week = tuple(_span(reader, str(hours.get(day) or ""), f"{pointer}/hours/{day}") for day in WEEKDAYS)
    if not any(closes > opens for opens, closes in week):
        reader.fault(f"{pointer}/hours", "no day is open", "at least one day with hours such as 09:00-17:00")
    return week


def _span(reader: Reader, text: str, pointer: str) -> tuple[int, int]:
    if not text.strip():
        return (0, 0)
    try:
        opens, closes = (_minutes(part) for part in text.split("-"))
    except ValueError:
        opens = closes = 0
    if not 0 <= opens < closes <= _DAY:
        reader.fault(
            pointer, said("“{text}” is no span of time", text=text), "such as 09:00-17:00, or nothing for closed"
        )
        return (0, 0)
    return opens, closes


def _minutes(text: str) -> int:
    hour, minute = (int(part) for part in text.strip().split(":"))
    if not 0 <= minute < 60:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(text)
    return hour * 60 + minute


def _days(reader: Reader, text: str, pointer: str) -> list[date]:
    try:
        if text.count("-") == 1:
            month, day = (int(part) for part in text.split("-"))
            return [date(year, month, day) for year in _YEARS if (month, day) != (2, 29) or year % 4 == 0]
        return [date.fromisoformat(text)]
    except ValueError:
        reader.fault(
            f"{pointer}/holidays", said("“{text}” is no day", text=text), "such as 2027-03-26, or 12-25 for every year"
        )
        return []
