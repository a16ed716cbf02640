"""When an e-mail goes out: at once, with the next digest, or at the end of quiet hours. In the person's own time."""

from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from notifications.enums import Digest


class Wish(Protocol):
    """What of a person's preferences decides it."""

    time_zone: str
    digest: str
    digest_hour: int
    quiet_from: time | None
    quiet_until: time | None


def held_until(wish: Wish, moment: datetime, *, urgent: bool) -> datetime | None:
    """The moment until which a mail is held back, None where it goes at once. Urgent ones always do."""
    if urgent:
        return None
    zone = ZoneInfo(wish.time_zone)
    due = _digest_at(wish, moment, zone)
    return _after_quiet(wish, due or moment, zone) or due


def _digest_at(wish: Wish, moment: datetime, zone: ZoneInfo) -> datetime | None:
    local = moment.astimezone(zone)
    if wish.digest == Digest.HOURLY:
        return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if wish.digest == Digest.DAILY:
        today = datetime.combine(local.date(), time(wish.digest_hour), zone)
        return (
            today if today > local else datetime.combine(local.date() + timedelta(days=1), time(wish.digest_hour), zone)
        )
    return None


def _after_quiet(wish: Wish, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """The end of the quiet hours that `moment` lies in (they may pass midnight); None outside them."""
    begin, end = wish.quiet_from, wish.quiet_until
    if begin is None or end is None or begin == end:
        return None
    local = moment.astimezone(zone)
    at = local.time()
    if begin < end:
        return datetime.combine(local.date(), end, zone) if begin <= at < end else None
    if at >= begin:
        return datetime.combine(local.date() + timedelta(days=1), end, zone)
    return datetime.combine(local.date(), end, zone) if at < end else None
