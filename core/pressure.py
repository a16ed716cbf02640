"""Back-pressure: what comes from programs is refused before anything of it is kept, while more waits than workers get done.

Work that was accepted is durable and never dropped; so the only honest moment to say "too much" is before that. Each queue
is told as a function of a moment: the rows that somebody waits for since then or longer. Batches of the night wait for
nobody and are not among them.
"""

import secrets
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from core.clock import now
from core.exceptions import Unavailable
from core.words import said

WaitingSince = Callable[[datetime], QuerySet[Any]]
_MEBIBYTE = 1 << 20


class Overloaded(Unavailable):
    """More waits than workers get done soon; nothing of this request was kept, and sending it again later can work."""

    code, title = "overloaded", "Too much is waiting"

    @property
    def retry_after(self) -> int:
        """Seconds, spread so that those who were refused together do not come back together."""
        return 20 + secrets.randbelow(20)


class StorageLow(Unavailable):
    """The disk of the data folder is nearly full: what is stored already must still be worked off."""

    code, title = "storage_low", "Too little storage is free"

    @property
    def retry_after(self) -> int:
        return 60


def require_room(waiting_since: WaitingSince, *, part: float = 1.0) -> None:
    """Raises Overloaded where more than `part` of MOST_WAITING rows wait, or one waits longer than LONGEST_WAIT seconds.

    Either setting switched off by 0. Reads two rows of an index at most, so that refusing costs less than accepting.
    """
    moment, most = now(), int(settings.MOST_WAITING * part)
    if settings.MOST_WAITING and waiting_since(moment).order_by()[most : most + 1].exists():
        raise Overloaded(
            said(
                "More than {most} pieces of work wait. Nothing of this request was kept; send it again later.",
                most=most,
            )
        )
    longest = timedelta(seconds=settings.LONGEST_WAIT)
    if longest and waiting_since(moment - longest).order_by().exists():
        raise Overloaded("Work waits for too long. Nothing of this request was kept; send it again later.")


def require_space() -> None:
    """Raises StorageLow where less than LEAST_FREE_MB is free for the data folder; 0 switches it off."""
    if settings.LEAST_FREE_MB and shutil.disk_usage(settings.DATA_DIR).free < settings.LEAST_FREE_MB * _MEBIBYTE:
        raise StorageLow("Too little storage is free. Nothing of this request was kept; send it again later.")
