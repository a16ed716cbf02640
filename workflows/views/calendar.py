"""The calendar of what runs when."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone_name

from core.clock import today
from core.http import requires
from core.permissions import Permission
from workflows.calendar_page import periodic_lines, schedule_lines, week_of


@requires(Permission.RUN_VIEW)
def calendar(request: HttpRequest) -> HttpResponse:
    """The week that `?week=` (a day of it) names, else this one; every schedule; the product's own periodic work."""
    day = _day(request.GET.get("week", ""))
    context = {
        "days": week_of(day), "former": day - timedelta(days=7), "following": day + timedelta(days=7),
        "schedules": schedule_lines(), "periodic": periodic_lines(), "zone": get_current_timezone_name(),
    }  # fmt: skip
    return render(request, "workflows/calendar.html", context)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today()
    return found if abs(found - today()) < timedelta(days=3660) else today()
