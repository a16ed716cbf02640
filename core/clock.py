"""The one place that asks what time it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The current date in the installation's time zone, whatever zone the person who asks reads times in."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
