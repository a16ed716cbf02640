"""Facts the screening app refuses with."""

from core.exceptions import Conflict, InvalidInput, PermissionRefused, Unavailable


class ListRefused(InvalidInput):
    """The list's file is not fit to be screened against; the last good version stays active."""

    code = "list_refused"


class NoActiveList(Unavailable):
    """There is no list to screen against. Never a pass."""

    code = "no_active_list"


class HitDecidedAlready(Conflict):
    """Somebody decided this hit before."""

    code = "hit_decided_already"


class ApprovalNeeded(Conflict):
    """Something about this version of a list is unusual: somebody must look at it and approve it."""

    code = "list_approval_needed"


class VersionNotStaged(Conflict):
    """The version is active, refused or older than the active one."""

    code = "list_version_not_staged"


class ImporterCannotApprove(PermissionRefused):
    """Who imported an unusual version, or proposed a change of a list, does not approve it."""

    code = "importer_cannot_approve"
