"""Facts the cases app refuses with."""

from core.exceptions import Conflict, PermissionRefused


class TransitionNotPossible(Conflict):
    """The case is in a status from which this cannot be done."""

    code = "transition_not_possible"


class ProposerCannotApprove(PermissionRefused):
    """The one who proposed cannot also approve: four eyes."""

    code = "proposer_cannot_approve"


class ApproverRoleTooLow(PermissionRefused):
    """The policy asks for another role to approve this decision."""

    code = "approver_role_too_low"


class EvidenceChanged(Conflict):
    """The evidence is not what it was when the decision was proposed; it must be proposed again."""

    code = "evidence_changed"


class AssignedToSomebodyElse(Conflict):
    """Another person works on this case."""

    code = "assigned_to_somebody_else"


class EvidenceUndecided(Conflict):
    """Hits or alerts are open: a decision needs them decided first."""

    code = "evidence_undecided"


class IdempotencyKeyReused(Conflict):
    """The Idempotency-Key was used for another request."""

    code = "idempotency_key_reused"
