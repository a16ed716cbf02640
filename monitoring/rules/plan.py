"""Rules made ready to judge again and again: their aggregates, names of columns and expressions, built once. Loads Polars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.columns import Columns
from monitoring.rules.compiler import Compiler
from monitoring.rules.evaluator import KNOWN_FOR
from monitoring.rules.needs import Needs, asks_screening, needs_of, together
from monitoring.rules.possible import possible
from monitoring.rules.trace import Tracer, traced, tracer_of
from monitoring.rules.tree import Aggregate, Network, Node, Operand, conditions_of, operands_of


def _aggregates(node: Node, found: dict[Operand, None]) -> None:
    """Adds the aggregates inside a node, from the inside out."""
    for part in (*conditions_of(node), *operands_of(node)):
        _aggregates(part, found)
    if isinstance(node, Aggregate | Network):
        found.setdefault(node)


def _depth(node: Node) -> int:
    """How many aggregates lie inside one another."""
    inside = max((_depth(part) for part in (*conditions_of(node), *operands_of(node))), default=0)
    return inside + isinstance(node, Aggregate | Network)


@dataclass
class Plan:
    """At least one rule, all of one domain, by their number. Only what is asked for is built, and kept."""

    rules: Sequence[Rule]
    _fires: dict[int, pl.Expr] = field(default_factory=dict)
    _traced: dict[int, list[pl.Expr]] = field(default_factory=dict)
    _tracers: dict[int, Tracer] = field(default_factory=dict)

    @cached_property
    def needed(self) -> list[list[Operand]]:
        """For each rule the aggregates it takes; what several rules take is one object, so that it is known by identity."""
        told = []
        same: dict[Operand, Operand] = {}
        for rule in self.rules:
            found: dict[Operand, None] = {KNOWN_FOR: None}
            for root in (rule.condition, *(measure.operand for measure in rule.measures)):
                _aggregates(bound(root, rule.parameters), found)
            told.append([same.setdefault(node, node) for node in found])
        return told

    @cached_property
    def names(self) -> dict[Operand, str]:
        """The column of each aggregate of all rules."""
        every = dict.fromkeys(node for nodes in self.needed for node in nodes)
        return {node: f"_aggregate_{number}" for number, node in enumerate(every)}

    @cached_property
    def layers(self) -> list[list[Operand]]:
        """The aggregates of all rules, those that take none first, then those that take the ones before."""
        found: dict[int, list[Operand]] = {}
        for node in self.names:
            found.setdefault(_depth(node), []).append(node)
        return [found[depth] for depth in sorted(found)]

    @cached_property
    def compiler(self) -> Compiler:
        """Of expressions over the columns of all rules."""
        return Compiler(self.rules[0].domain, self.names)

    @cached_property
    def possible(self) -> list[pl.Expr]:
        """For each rule, by its number as name, where it can fire: see `monitoring.rules.possible`."""
        domain = self.rules[0].domain
        return [
            possible(bound(rule.condition, rule.parameters), domain).alias(str(number))
            for number, rule in enumerate(self.rules)
        ]

    @cached_property
    def _needs(self) -> list[Needs]:
        return [needs_of([rule]) for rule in self.rules]

    @cached_property
    def looks_beside(self) -> list[bool]:
        """For each rule whether it looks at rows of others."""
        return [bool(needs.hops or needs.among) for needs in self._needs]

    @cached_property
    def asks_screening(self) -> list[bool]:
        """For each rule whether it asks what screening says of a counterparty."""
        return [asks_screening(rule) for rule in self.rules]

    @property
    def known_for(self) -> str:
        """The column that says for how many days a row's subject is known."""
        return self.names[KNOWN_FOR]

    def needs(self, numbers: Iterable[int]) -> Needs:
        """What these rules together look at."""
        return together(self._needs[number] for number in numbers)

    def fires(self, number: int) -> pl.Expr:
        """Whether the rule's condition holds, under its number as name; null where that is unknown."""
        if number not in self._fires:
            rule = self.rules[number]
            holds = self.compiler.condition(bound(rule.condition, rule.parameters))
            self._fires[number] = holds.alias(str(number))
        return self._fires[number]

    def traced(self, number: int) -> list[pl.Expr]:
        """The columns that explain the rule."""
        if number not in self._traced:
            self._traced[number] = traced(self.rules[number], self.compiler)
        return self._traced[number]

    def tracer(self, number: int) -> Tracer:
        """What makes the rule's trace of a row with those columns."""
        if number not in self._tracers:
            self._tracers[number] = tracer_of(self.rules[number])
        return self._tracers[number]

    def prepared(self, frame: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
        """The frame, which is in order, with the columns that these rules take, and for how long a subject is known."""
        columns = Columns(self.rules[0].domain, frame, fixed=self.names)
        wanted = {id(node) for number in numbers for node in self.needed[number]}
        for layer in self.layers:
            columns.make_together([node for node in layer if id(node) in wanted or node is KNOWN_FOR])
        return columns.frame
