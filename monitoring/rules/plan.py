"""Rules made ready to judge again and again: their aggregates, names of columns and expressions, built once. Loads Polars."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.columns import Columns
from monitoring.rules.compiler import Compiler
from monitoring.rules.evaluator import KNOWN_FOR, outcome_of
from monitoring.rules.needs import needs_of
from monitoring.rules.possible import possible
from monitoring.rules.trace import traced
from monitoring.rules.tree import Aggregate, Network, Node, Operand, conditions_of, operands_of


def _aggregates(node: Node, found: dict[Operand, None]) -> None:
    """Adds the aggregates inside a node, from the inside out."""
    for part in (*conditions_of(node), *operands_of(node)):
        _aggregates(part, found)
    if isinstance(node, Aggregate | Network):
        found.setdefault(node)


@dataclass
class Plan:
    """At least one rule, all of one domain, by their number. Only what is asked for is built, and kept."""

    rules: Sequence[Rule]
    _outcomes: dict[int, pl.Expr] = field(default_factory=dict)
    _traced: dict[int, list[pl.Expr]] = field(default_factory=dict)

    @cached_property
    def needed(self) -> list[list[Operand]]:
        """For each rule the aggregates it takes, in an order in which they can be made."""
        told = []
        for rule in self.rules:
            found: dict[Operand, None] = {KNOWN_FOR: None}
            for root in (rule.condition, *(measure.operand for measure in rule.measures)):
                _aggregates(bound(root, rule.parameters), found)
            told.append(list(found))
        return told

    @cached_property
    def names(self) -> dict[Operand, str]:
        """The column of each aggregate of all rules."""
        every = dict.fromkeys(node for nodes in self.needed for node in nodes)
        return {node: f"_aggregate_{number}" for number, node in enumerate(every)}

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
    def looks_beside(self) -> list[bool]:
        """For each rule whether it looks at rows of others."""
        told = [needs_of([rule]) for rule in self.rules]
        return [bool(needs.hops or needs.among) for needs in told]

    def outcome(self, number: int) -> pl.Expr:
        """The rule's outcome in each row, under its number as name."""
        if number not in self._outcomes:
            self._outcomes[number] = outcome_of(self.rules[number], self.compiler).alias(str(number))
        return self._outcomes[number]

    def young(self, number: int) -> pl.Expr:
        """Whether a row's subject is known for too short to the rule."""
        return pl.col(self.names[KNOWN_FOR]) < self.rules[number].min_history_days

    def traced(self, number: int) -> list[pl.Expr]:
        """The columns that explain the rule."""
        if number not in self._traced:
            self._traced[number] = traced(self.rules[number], self.compiler)
        return self._traced[number]

    def prepared(self, frame: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
        """The frame, which is in order, with the columns that these rules take, and for how long a subject is known."""
        columns = Columns(self.rules[0].domain, frame, fixed=self.names)
        columns.make(KNOWN_FOR)
        for number in numbers:
            for node in self.needed[number]:
                columns.make(node)
        return columns.frame
