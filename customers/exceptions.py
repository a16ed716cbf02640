"""Facts the customers app refuses with."""

from core.exceptions import Conflict, InvalidInput


class RatingPolicyInvalid(InvalidInput):
    """The rating policy breaks its shape; faults point at weights and thresholds."""

    code = "rating_policy_invalid"


class RelationshipStands(Conflict):
    """A customer is asked to be forgotten whose relationship has not ended."""

    code = "relationship_stands"
