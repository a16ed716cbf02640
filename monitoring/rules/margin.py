"""How far a row is from fulfilling a rule: 0 where it does; the sum of what is lacking, each relative to its limit.

A comparison of numbers lacks the distance to its limit; anything else that does not hold lacks FAR, because no number
could be moved to make it hold. The least margins are the near misses. Loads Polars.
"""

from dataclasses import dataclass, field

import polars as pl

from monitoring.domains.base import NUMERIC, Domain
from monitoring.rules.compiler import Compiler
from monitoring.rules.functions import FUNCTIONS
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    Condition,
    Constant,
    FieldRef,
    Function,
    Network,
    Not,
    Operand,
)

FAR = 100.0
NEAR = 0.5  # a near miss lacks at most half of a limit
_LEAST = 1e-6
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "==": "!=", "!=": "=="}


def is_numeric(operand: Operand, domain: Domain) -> bool:
    """Whether a bound operand is a number."""
    match operand:
        case FieldRef(name) | Aggregate("previous" | "first", name):
            return bool(name) and domain.kind_of(name) in NUMERIC
        case Constant(value):
            return not isinstance(value, str)
        case Function(name):
            return FUNCTIONS[name][1] in NUMERIC
    return isinstance(operand, Aggregate | Network | Arithmetic)


@dataclass(frozen=True)
class Margin:
    """Margins of bound conditions over rows that have `columns`, which are to be selected first, each once."""

    compiler: Compiler
    _names: dict[Operand, str] = field(default_factory=dict)
    _others: list[pl.Expr] = field(default_factory=list)

    @property
    def columns(self) -> list[pl.Expr]:
        """The values that the margins asked for so far are computed from."""
        values = (self.compiler.operand(node).cast(pl.Float64).alias(name) for node, name in self._names.items())
        return [*values, *self._others]

    def of(self, node: Condition, *, wanted: bool = True) -> pl.Expr:
        """What is lacking for the condition to be `wanted`."""
        match node:
            case Not(part):
                return self.of(part, wanted=not wanted)
            case All(parts) | Any(parts):
                lacking = [self.of(part, wanted=wanted) for part in parts]
                return pl.sum_horizontal(lacking) if isinstance(node, All) == wanted else pl.min_horizontal(lacking)
            case Compare(left, op, right) if op not in {"==", "!="} and self._are_numbers(left, right):
                return self._distance(left, op if wanted else _OPPOSITE[op], right)
            case Between(operand, low, high) if wanted and self._are_numbers(operand, low, high):
                return pl.sum_horizontal(self._distance(operand, ">=", low), self._distance(operand, "<=", high))
        name = f"_holds_{len(self._others)}"
        self._others.append(self.compiler.condition(node).alias(name))
        return pl.when(pl.col(name) if wanted else ~pl.col(name)).then(0.0).otherwise(FAR)

    def _are_numbers(self, *operands: Operand) -> bool:
        return all(is_numeric(operand, self.compiler.domain) for operand in operands)

    def _value(self, operand: Operand) -> pl.Expr:
        return pl.col(self._names.setdefault(operand, f"_value_{len(self._names)}"))

    def _distance(self, left: Operand, op: str, right: Operand) -> pl.Expr:
        value, limit = self._value(left), self._value(right)
        beyond = (limit - value) if op in {">=", ">"} else (value - limit)
        least = 0.0 if op in {">=", "<="} else _LEAST
        lacking = beyond / pl.max_horizontal(limit.abs(), 1.0)
        told = (
            pl.when(lacking < least).then(0.0).otherwise(lacking.clip(least, FAR)) if least else lacking.clip(0.0, FAR)
        )
        return told.fill_nan(FAR).fill_null(FAR)
