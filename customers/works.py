"""Trying a rating policy on more customers than a request can wait for."""

from core.exceptions import Fault
from customers.exceptions import RatingPolicyInvalid
from customers.risk.policy import policy_from_json
from customers.selectors import policy_trial, rated_customers
from workflows.engine.long_work import Progress, WorkContext, WorkKind, WorkResult, register_work

TRYING = "trying of a rating policy"


def try_rating_policy(context: WorkContext, progress: Progress) -> WorkResult:
    """Counts who would be rated otherwise; changes nothing. Raises RatingPolicyInvalid."""
    shape, faults = policy_from_json(context.inputs)
    if shape is None:
        raise RatingPolicyInvalid("The rating policy is not valid.", [Fault(*fault) for fault in faults])
    total = rated_customers().count()
    trial = policy_trial(shape, lambda done: progress.report(done, total, "weighing"))
    told: dict[str, object] = {
        "rated customers": trial.rated,
        "rated higher": trial.raised,
        "rated lower": trial.lowered,
    }
    return WorkResult(told | {f"{old} to {new}": number for old, new, number in trial.changes})


register_work(WorkKind(TRYING, try_rating_policy, "Nothing is changed."))
