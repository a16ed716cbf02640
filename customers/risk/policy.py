"""Reading a rating policy's JSON: the shape, or every fault with where it is and what instead."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from core.words import said
from customers.risk.factors import FACTORS
from customers.risk.rating import PolicyShape

_TOP = Decimal(100)
_DECIMALS = 2
_KEYS = ("weights", "medium_from", "high_from")


def policy_as_json(policy: PolicyShape) -> dict[str, object]:
    """The policy as it is stored: numbers as text, so that nothing is rounded."""
    return {
        "weights": {code: str(weight) for code, weight in policy.weights.items()},
        "medium_from": str(policy.medium_from),
        "high_from": str(policy.high_from),
    }


def policy_from_json(data: Mapping[str, object]) -> tuple[PolicyShape | None, list[tuple[str, str]]]:
    """(policy, no faults) or (None, [(pointer, what is wrong)])."""
    faults: list[tuple[str, str]] = []
    raw = data.get("weights")
    given: Mapping[str, object] = raw if isinstance(raw, Mapping) else {}
    weights = {code: _number(given.get(code, 0), f"/weights/{code}", faults) for code in FACTORS}
    faults += [
        (f"/weights/{code}", said("there is no factor {code}", code=code)) for code in given if code not in FACTORS
    ]
    faults += [(f"/{key}", said("there is no such key")) for key in data if key not in _KEYS]
    medium = _number(data.get("medium_from"), "/medium_from", faults)
    high = _number(data.get("high_from"), "/high_from", faults)
    if not faults and not sum(weights.values()):
        faults.append(("/weights", said("at least one factor needs a weight above 0")))
    if not faults and not medium < high:
        faults.append(
            ("/high_from", said("must be above {medium}, the score from which a rating is medium", medium=medium))
        )
    return (None, faults) if faults else (PolicyShape(weights, medium, high), [])


def _number(value: object, pointer: str, faults: list[tuple[str, str]]) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= _TOP or number != round(number, _DECIMALS):
        faults.append((pointer, said("must be a number from 0 to 100 with at most two decimals")))
        return Decimal(0)
    return number
