"""The priority of a case, 0-100: weighted risk, deadline pressure, amount and links. Pure; administrators set the weights."""

from dataclasses import dataclass
from math import log10
from typing import Any

from cases.blueprints.reading import Reader
from core.exceptions import Fault
from core.words import said

LEVELS = (said("high"), said("medium"), said("low"), said("unrated"))
PARTS = (said("risk"), said("deadline"), said("amount"), said("links"))
DEFAULT_PRIORITY: dict[str, Any] = {
    "weights": {"risk": 45, "deadline": 35, "amount": 10, "links": 10},
    "risk": {"high": 1.0, "medium": 0.6, "low": 0.2, "unrated": 0.5},
    "full_amount": 100000,
    "full_links": 5,
}


@dataclass(frozen=True)
class PriorityShape:
    """`weights` by part, points 0-1 of each risk level, and from where amount and links count in full."""

    weights: dict[str, float]
    risk: dict[str, float]
    full_amount: float
    full_links: float

    @property
    def formula(self) -> str:
        """The formula in words, with the weights in force."""
        return said(
            "100 · ({risk} · risk + {deadline} · deadline + {amount} · amount + {links} · links)",
            **{name: f"{self._share(name):.2f}" for name in PARTS},
        )

    @property
    def deadline_points(self) -> float:
        """How many of the 100 points a passed deadline gives."""
        return 100 * self._share("deadline")

    def base_points(self, facts: "PriorityFacts") -> float:
        """The points of everything but the deadline."""
        parts = self.parts(facts, 0)
        return 100 * sum(self._share(name) * parts[name] for name in PARTS)

    def severity(self, facts: "PriorityFacts") -> float:
        """How grave a case is, 0-100, whatever its deadline: what the deadline itself is chosen by."""
        rest = 1 - self._share("deadline")
        return self.base_points(facts) / rest if rest else 0

    def parts(self, facts: "PriorityFacts", pressure: float) -> dict[str, float]:
        """Each part, 0-1. The amount counts by its magnitude: ten times as much is one step more."""
        return {
            "risk": self.risk[facts.rating or "unrated"],
            "deadline": pressure,
            "amount": min(1.0, log10(1 + max(0.0, facts.amount)) / log10(1 + self.full_amount)),
            "links": min(1.0, facts.links / self.full_links),
        }

    def explanation(self, facts: "PriorityFacts", pressure: float) -> str:
        """The sum with a case's own values."""
        parts = self.parts(facts, pressure)
        told = said(
            "risk {risk} × {of_risk} + deadline {deadline} × {of_deadline} + amount {amount} × {of_amount} "
            "+ links {links} × {of_links}",
            **{name: f"{parts[name]:.2f}" for name in PARTS},
            **{f"of_{name}": f"{100 * self._share(name):.0f}" for name in PARTS},
        )
        return said("{told} + escalated {boost}", told=told, boost=facts.boost) if facts.boost else told

    def priority(self, facts: "PriorityFacts", pressure: float) -> int:
        """The priority, 0-100."""
        return priority_from(self.base_points(facts), self.deadline_points, pressure, facts.boost)

    def _share(self, name: str) -> float:
        return self.weights[name] / sum(self.weights.values())


@dataclass(frozen=True)
class PriorityFacts:
    """What the priority looks at; `amount` in the base currency, `boost` is what an escalation added."""

    rating: str
    amount: float
    links: int
    boost: int = 0


def pressure_of(start: int, due: int, at: int) -> float:
    """The share of the allowed business minutes that has passed, 0-1."""
    return min(1.0, max(0.0, (at - start) / max(1, due - start)))


def priority_from(base_points: float, deadline_points: float, pressure: float, boost: int) -> int:
    """The priority from its stored parts."""
    return min(100, int(base_points + deadline_points * pressure + 0.5) + boost)


def read_priority(body: Any) -> tuple[PriorityShape, list[Fault]]:
    """The weights of a body and its faults."""
    reader = Reader()
    given = body if isinstance(body, dict) else {}
    weights, risk = given.get("weights") or {}, given.get("risk") or {}
    told = {name: reader.number(weights, name, "/weights", least=0, most=100) for name in PARTS}
    if not any(told.values()):
        reader.fault("/weights", "are all zero", "at least one weight above 0")
        told["risk"] = 1
    levels = {level: reader.number(risk, level, "/risk", least=0, most=1) for level in LEVELS}
    amount = reader.number(given, "full_amount", "", least=1, most=1e12, fallback=1)
    links = reader.number(given, "full_links", "", least=1, most=1000, fallback=1)
    return PriorityShape(told, levels, amount, links), reader.faults
