"""Facts the accounts app refuses with."""

from core.exceptions import Conflict, PermissionRefused


class NotAPerson(PermissionRefused):
    """A program or the system asked for something only a person may do."""

    code = "not_a_person"


class UsernameTaken(Conflict):
    """Another person already signs in with this name."""

    code = "username_taken"


class ClientNameTaken(Conflict):
    """Another API client already has this name."""

    code = "client_name_taken"


class SignInLocked(PermissionRefused):
    """Too many attempts failed: no password is tried for a while."""

    code = "sign_in_locked"


class SignInRefused(PermissionRefused):
    """The organisation's sign-in knows somebody whom this product does not let in."""

    code = "sign_in_refused"
