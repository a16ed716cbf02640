"""Facts the screening app refuses with."""

from core.exceptions import Conflict, InvalidInput, Unavailable


class ListRefused(InvalidInput):
    """The list's file is not fit to be screened against; the last good version stays active."""

    code = "list_refused"


class NoActiveList(Unavailable):
    """There is no list to screen against. Never a pass."""

    code = "no_active_list"


class HitDecidedAlready(Conflict):
    """Somebody decided this hit before."""

    code = "hit_decided_already"
