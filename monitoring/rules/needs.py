"""What rows, beyond the subject's own, rules look at: so that one new row is judged by the same rows as a whole file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.tree import Aggregate, HasHit, Network, walk

_PER_DAY = {"m": 1440, "h": 24, "d": 1}


@dataclass(frozen=True)
class Needs:
    """Payments of accounts up to `hops` away, of the last `network_days`; and by field the days for which rows of others
    with the same value are looked at (as long as is kept: `kept_days`)."""

    hops: int = 0
    network_days: float = 0.0
    among: Mapping[str, float] = field(default_factory=dict)


def needs_of(rules: Iterable[Rule]) -> Needs:
    """What the rules together look at."""
    return together(_needs(rule) for rule in rules)


def together(several: Iterable[Needs]) -> Needs:
    """What all of them look at."""
    hops, network_days = 0, 0.0
    among: dict[str, float] = {}
    for needs in several:
        hops, network_days = max(hops, needs.hops), max(network_days, needs.network_days)
        among |= {name: max(among.get(name, 0), days) for name, days in needs.among.items()}
    return Needs(hops, network_days, among)


def _needs(rule: Rule) -> Needs:
    hops, network_days = 0, 0.0
    among: dict[str, float] = {}
    for root in (rule.condition, *rule.measures):
        for node in walk(bound(root, rule.parameters)):
            if isinstance(node, Network):
                hops, network_days = max(hops, node.hops, 2), max(network_days, _days(node.window))
            if isinstance(node, Aggregate) and node.among:
                days = _days(node.window) if node.window else float(rule.domain.kept_days)
                among[node.among] = max(among.get(node.among, 0), days)
    return Needs(hops, network_days, among)


def asks_screening(rule: Rule) -> bool:
    """Whether the rule asks what screening says of a counterparty."""
    return any(isinstance(node, HasHit) for root in (rule.condition, *rule.measures) for node in walk(root))


def looks_ahead(rule: Rule) -> bool:
    """Whether the rule looks at rows after the one it judges."""
    roots = [bound(root, rule.parameters) for root in (rule.condition, *rule.measures)]
    nodes = (node for root in roots for node in walk(root) if isinstance(node, Aggregate))
    return any(node.ahead or node.function == "alike" for node in nodes)


def _days(window: str) -> float:
    return int(window[:-1]) / _PER_DAY[window[-1]]
