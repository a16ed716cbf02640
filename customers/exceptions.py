"""Facts the customers app refuses with."""

from core.exceptions import InvalidInput


class RatingPolicyInvalid(InvalidInput):
    """The rating policy breaks its shape; faults point at weights and thresholds."""

    code = "rating_policy_invalid"
