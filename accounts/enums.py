"""Closed sets of the accounts app."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is in the compliance organisation, and the role of programs. See `accounts.roles`."""

    ANALYST = "analyst", "Analyst"
    REVIEWER = "reviewer", "Reviewer"
    MLRO = "mlro", "MLRO"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    SERVICE_ACCOUNT = "service_account", "Service account"


class PersonState(TextChoices):
    """Whether somebody can sign in, and if not, why."""

    ACTIVE = "active", "Active"
    LOCKED = "locked", "Locked"
    INVITED = "invited", "Invited"
    EXPIRED = "expired", "Invitation expired"
    WITHDRAWN = "withdrawn", "Invitation withdrawn"
    ENDED = "ended", "Access ended"


class RoleState(TextChoices):
    """What became of a version of a custom role."""

    WAITING = "waiting", "Waits for a second person"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned"
