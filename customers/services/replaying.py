"""Adding a stored rating up again."""

from decimal import Decimal

from customers.models import RiskRating
from customers.risk.policy import policy_from_json
from customers.risk.rating import DEFAULT_POLICY, level_of, shares
from customers.risk.trial import FLOOR


def replay_rating(rating: RiskRating) -> tuple[str, ...]:
    """What comes out otherwise when the stored points of each factor are weighed again under the rating's own policy version.

    Stores nothing. Empty where everything is the same.
    """
    shape = policy_from_json(rating.policy.factors)[0] or DEFAULT_POLICY
    factors = {row.code: row for row in rating.factors.all()}
    scored = {code: row.points for code, row in factors.items() if not code.startswith(FLOOR)}
    again = shares(scored, shape)
    told = [
        f"Factor {code}: it gave {factors[code].contribution}, now {share}."
        for code, share in again.items()
        if factors[code].contribution != share
    ]
    score = sum(again.values(), Decimal(0))
    level = level_of(score, shape, has_floor=len(scored) < len(factors))
    if score != rating.score:
        told.append(f"The score was {rating.score}, now {score}.")
    if level != rating.level:
        told.append(f"The level was {rating.level}, now {level}.")
    return tuple(told)
