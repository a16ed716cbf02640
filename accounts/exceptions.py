"""Facts the accounts app refuses with."""

from core.exceptions import Conflict, NotFound, PermissionRefused


class NotAPerson(PermissionRefused):
    """A program or the system asked for something only a person may do."""

    code = "not_a_person"


class UsernameTaken(Conflict):
    """Another person already signs in with this name."""

    code = "username_taken"


class EmailTaken(Conflict):
    """Another person signs in with this address."""

    code = "email_taken"


class InvitationNotValid(NotFound):
    """The link of an invitation was used or withdrawn, has expired, or was never made here."""

    code = "invitation_not_valid"


class NeverArrived(Conflict):
    """The person has not accepted an invitation yet: they need another, not their access back."""

    code = "never_arrived"


class AlreadyArrived(Conflict):
    """The person has accepted an invitation, or was never invited: they set passwords in other ways."""

    code = "already_arrived"


class ClientNameTaken(Conflict):
    """Another API client already has this name."""

    code = "client_name_taken"


class RoleNameTaken(Conflict):
    """A shipped or another custom role is called so."""

    code = "role_name_taken"


class RoleInUse(Conflict):
    """Somebody still has the role."""

    code = "role_in_use"


class RoleWaits(Conflict):
    """A version of the role waits to be approved or returned first."""

    code = "role_waits"


class RoleRefused(PermissionRefused):
    """These two people may not put this role in force, or this person may not give it."""

    code = "role_refused"


class LastAdministrator(Conflict):
    """Nobody would be left who keeps people."""

    code = "last_administrator"


class SignInLocked(PermissionRefused):
    """Too many attempts failed: no password is tried for a while."""

    code = "sign_in_locked"


class SignInRefused(PermissionRefused):
    """The organisation's sign-in knows somebody whom this product does not let in."""

    code = "sign_in_refused"
