"""What another policy would make of ratings that are there: their points weighed anew. Nothing is looked at again."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from customers.risk.rating import HIGH, LOW, MEDIUM, PolicyShape, level_of, shares

LEVELS = (LOW, MEDIUM, HIGH)
FLOOR = "floor_"
_EXAMPLES = 10
_REASONS = 3


@dataclass(frozen=True)
class Rated:
    """A customer's newest rating: `points` and `given` (their part of the score) by factor, floors among the points."""

    customer_id: UUID
    level: str
    score: Decimal
    points: Mapping[str, Decimal]
    given: Mapping[str, Decimal]


@dataclass(frozen=True)
class Reason:
    """A factor whose part of the score would change."""

    code: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Move:
    """A customer whose level would change, and through which factors most."""

    customer_id: UUID
    before: str
    after: str
    score: Decimal
    new_score: Decimal
    reasons: tuple[Reason, ...]

    @property
    def is_raised(self) -> bool:
        return LEVELS.index(self.after) > LEVELS.index(self.before)


@dataclass
class Trial:
    """How many customers would go from which level to which, with the ten whose score would change most among those that move."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    moves: list[Move] = field(default_factory=list)

    def add(self, rated: Rated, policy: PolicyShape) -> None:
        """Counts this customer under `policy`."""
        scored = {code: points for code, points in rated.points.items() if not code.startswith(FLOOR)}
        parts = shares(scored, policy)
        score = sum(parts.values(), Decimal(0))
        level = level_of(score, policy, has_floor=len(scored) < len(rated.points))
        self.counts[rated.level, level] += 1
        if level != rated.level:
            self.moves.append(Move(rated.customer_id, rated.level, level, rated.score, score, _reasons(rated, parts)))
            self.moves = sorted(self.moves, key=lambda move: -abs(move.new_score - move.score))[:_EXAMPLES]

    @property
    def rated(self) -> int:
        return self.counts.total()

    @property
    def raised(self) -> int:
        return sum(number for (old, new), number in self.counts.items() if LEVELS.index(new) > LEVELS.index(old))

    @property
    def lowered(self) -> int:
        return sum(number for (old, new), number in self.counts.items() if LEVELS.index(new) < LEVELS.index(old))

    @property
    def levels(self) -> list[tuple[str, int, int]]:
        """(level, how many have it now, how many would) from low to high."""
        return [
            (
                level,
                sum(number for (old, _), number in self.counts.items() if old == level),
                sum(number for (_, new), number in self.counts.items() if new == level),
            )
            for level in LEVELS
        ]

    @property
    def changes(self) -> list[tuple[str, str, int]]:
        """(from, to, how many) of every change of level there would be."""
        pairs = ((old, new) for old in LEVELS for new in LEVELS if old != new)
        return [(old, new, self.counts[old, new]) for old, new in pairs if self.counts[old, new]]


def _reasons(rated: Rated, parts: Mapping[str, Decimal]) -> tuple[Reason, ...]:
    found = [Reason(code, rated.given.get(code, Decimal(0)), part) for code, part in parts.items()]
    changed = sorted((one for one in found if one.before != one.after), key=lambda one: -abs(one.after - one.before))
    return tuple(changed[:_REASONS])
