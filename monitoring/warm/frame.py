"""Rows in order with what was made of them: columns of aggregates within a number of bytes, and of each condition a bit a
row, so that an edit computes the one condition it changed."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import and_, or_

import polars as pl

from monitoring.domains.base import Domain
from monitoring.rules.binding import bound
from monitoring.rules.checker import Rule
from monitoring.rules.columns import Columns
from monitoring.rules.compiler import Compiler
from monitoring.rules.evaluator import KNOWN_FOR, Prepared
from monitoring.rules.tree import All, Any, Compare, Condition, Constant, Node, Not, Operand

LOOKED_AT = 365
MOST_BYTES = 400_000_000
MOST_MASKS = 60  # of six million rows each 1.5 MB


@dataclass
class WarmFrame:
    """Rows of a domain up to `until`; `known` are past alerts (see `monitoring.warm.known`), `token` says of which state."""

    domain: Domain
    rows: pl.DataFrame
    known: pl.DataFrame
    until: datetime
    token: str = ""
    kept: "OrderedDict[Operand, pl.Series]" = field(default_factory=OrderedDict)
    masks: "OrderedDict[Condition, pl.Series]" = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self._columns = Columns(self.domain, self.rows)
        self._parts: dict[int, WarmFrame] = {}
        self.recent = self.rows.select(pl.col(self.domain.time) >= self.since(LOOKED_AT)).to_series()

    def since(self, days: int) -> datetime:
        """The moment so many days before the end."""
        return self.until - timedelta(days=days)

    def part(self, most: int) -> tuple["WarmFrame", int]:
        """About so many of the rows, of whole subjects, and for how many of all each of them stands."""
        share = -(-len(self.rows) // most) if self.rows.height else 1
        if share <= 1:
            return self, 1
        if share not in self._parts:
            subjects = self.rows[self.domain.subject].rle_id()
            rows = self.rows.filter(subjects % share == 0)
            self._parts[share] = WarmFrame(self.domain, rows, self.known, self.until, self.token)
        return self._parts[share], share

    def of(self, subjects: Collection[str]) -> "WarmFrame":
        """The rows of these subjects alone."""
        rows = self.rows.filter(pl.col(self.domain.subject).is_in(list(subjects)))
        return WarmFrame(self.domain, rows, self.known, self.until, self.token)

    def prepared(self, rule: Rule) -> Prepared:
        """The rows with the aggregates of the rule; those known from an edit before are not made again."""
        columns = self._columns.again(self.rows)
        for node, values in self.kept.items():
            columns.known(node, values)
        former = set(columns.names)
        wanted: list[Node] = [KNOWN_FOR, bound(rule.condition, rule.parameters), *self._measures(rule)]
        for part in wanted:
            columns.add(part)
        self._columns = columns.again(self.rows)
        self._columns.forget_windows()
        self._keep(columns, [node for node in columns.names if node not in former])
        return Prepared(columns.frame, Compiler(self.domain, columns.names))

    def holds(self, condition: Condition, prepared: Prepared) -> pl.Series:
        """Whether a bound condition holds in each row, or null where it is unknown. Each comparison is looked at once and
        known from then on; what joins them is computed bit by bit."""
        match condition:
            case All(parts) if parts:
                return reduce(and_, (self.holds(part, prepared) for part in parts))
            case Any(parts) if parts:
                return reduce(or_, (self.holds(part, prepared) for part in parts))
            case Not(part):
                return ~self.holds(part, prepared)
        if condition not in self.masks:
            told = prepared.compiler.condition(condition).alias("holds")
            made = prepared.frame.select(told)["holds"]
            self.masks[condition] = made if len(made) == len(self.rows) else made.new_from_index(0, len(self.rows))
            while len(self.masks) > MOST_MASKS:
                self.masks.popitem(last=False)
        self.masks.move_to_end(condition)
        return self.masks[condition]

    def fires(self, condition: Condition, rule: Rule, prepared: Prepared) -> pl.Series:
        """Whether a rule with this bound condition fires on each row: never unknown."""
        young = Compare(KNOWN_FOR, "<", Constant(float(rule.min_history_days)))
        return self.holds(condition, prepared).fill_null(False) & ~self.holds(young, prepared).fill_null(False)

    @staticmethod
    def _measures(rule: Rule) -> Sequence[Operand]:
        return [bound(measure.operand, rule.parameters) for measure in rule.measures]

    def _keep(self, columns: Columns, made: Sequence[Operand]) -> None:
        for node in made:
            self.kept[node] = columns.frame[columns.names[node]]
        while self.kept and sum(values.estimated_size() for values in self.kept.values()) > MOST_BYTES:
            self.kept.popitem(last=False)
