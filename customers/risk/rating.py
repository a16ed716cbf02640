"""From findings to a level: weighted mean, thresholds, and floors that no weight can talk away."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.words import said
from customers.risk.evidence import RiskSubject
from customers.risk.factors import FACTORS, Finding
from customers.risk.geography import CALL_FOR_ACTION, TIERS

LOW, MEDIUM, HIGH = "low", "medium", "high"
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class PolicyShape:
    """Weights by factor (0 leaves a factor out) and the scores from which a rating is medium and high."""

    weights: dict[str, Decimal]
    medium_from: Decimal
    high_from: Decimal


@dataclass(frozen=True)
class Contribution:
    """One factor of one rating: `contribution` = points · weight / sum of weights, to within a hundredth."""

    code: str
    value: str
    points: Decimal
    weight: Decimal
    contribution: Decimal
    reason: str


@dataclass(frozen=True)
class Rating:
    """`score` 0-100 is the sum of the contributions; a floor can lift the level above what the score gives."""

    level: str
    enhanced: bool
    score: Decimal
    contributions: tuple[Contribution, ...]


DEFAULT_POLICY = PolicyShape(
    weights={
        "geography": Decimal(20), "product": Decimal(10), "channel": Decimal(10), "occupation": Decimal(5),
        "ownership": Decimal(10), "pep": Decimal(15), "screening": Decimal(20), "document_quality": Decimal(5),
        "activity": Decimal(5),
    },
    medium_from=Decimal(25),
    high_from=Decimal(50),
)  # fmt: skip


def rate(subject: RiskSubject, policy: PolicyShape) -> Rating:
    """The rating of `subject` under `policy`, with every factor's contribution and its reason."""
    parts = _contributions({code: factor(subject) for code, factor in FACTORS.items()}, policy)
    score = sum((part.contribution for part in parts), Decimal(0))
    floors = _floors(subject)
    level = level_of(score, policy, has_floor=False)
    parts += floors
    enhanced = bool(floors) or level == HIGH
    return Rating(HIGH if floors else level, enhanced, score, parts)


def level_of(score: Decimal, policy: PolicyShape, *, has_floor: bool) -> str:
    """The level that a score has under a policy; a floor makes it high."""
    if has_floor or score >= policy.high_from:
        return HIGH
    return MEDIUM if score >= policy.medium_from else LOW


def shares(points: Mapping[str, Decimal], policy: PolicyShape) -> dict[str, Decimal]:
    """Each factor's part of the score, in the order of FACTORS.

    The running sum is rounded, not the part: rounded parts could sum past 100.
    """
    total = sum(policy.weights.values(), Decimal(0))
    found, gathered, told = {}, Decimal(0), Decimal(0)
    for code in [name for name in FACTORS if name in points]:
        gathered += points[code] * policy.weights.get(code, Decimal(0))
        found[code] = (gathered / total).quantize(_CENT) - told if total else Decimal(0)
        told += found[code]
    return found


def _contributions(findings: dict[str, Finding], policy: PolicyShape) -> tuple[Contribution, ...]:
    parts = shares({code: Decimal(finding.points) for code, finding in findings.items()}, policy)
    return tuple(
        Contribution(code, findings[code].value, Decimal(findings[code].points), policy.weights.get(code, Decimal(0)), share,
                     findings[code].reason)
        for code, share in parts.items()
    )  # fmt: skip


def _floors(subject: RiskSubject) -> tuple[Contribution, ...]:
    """Facts that make a rating high whatever the weights say."""
    reasons = {
        "floor_sanction": (
            subject.evidence.sanction_confirmed,
            said("A confirmed sanctions match makes the rating high."),
        ),
        "floor_pep": (
            subject.evidence.pep,
            said("A politically exposed person needs enhanced due diligence (FATF R.12)."),
        ),
        "floor_geography": (
            any(TIERS.get(code) == CALL_FOR_ACTION for code in subject.countries),
            said("A FATF call for action asks for enhanced due diligence (R.19)."),
        ),
    }
    zero = Decimal(0)
    return tuple(
        Contribution(code, "applies", zero, zero, zero, reason)
        for code, (applies, reason) in reasons.items()
        if applies
    )
