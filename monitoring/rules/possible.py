"""What a row alone says of a rule: where it cannot fire, whatever the history. Loads Polars; only workers do.

Of each condition it is asked whether it can be true and whether it can be false (strong Kleene logic over what is not yet
known): a condition over the row's own fields can be what it is, one over an aggregate can be either. A rule whose condition
cannot be true is silent, unknown or has insufficient history, which takes no aggregate to know that it does not fire.
"""

import polars as pl

from monitoring.domains.base import Domain
from monitoring.rules.compiler import Compiler
from monitoring.rules.tree import (
    Aggregate,
    All,
    Any,
    Compare,
    Condition,
    Constant,
    FieldRef,
    HasHit,
    Network,
    Node,
    Not,
    walk,
)

_ALONE = 1  # the longest chain of a payment that follows none; of rings and meetings it is 0
_YES, _NO = pl.lit(value=True), pl.lit(value=False)


def possible(condition: Condition, domain: Domain) -> pl.Expr:
    """False in rows on which a rule with this bound condition cannot fire; never null."""
    return _can_be(condition, Compiler(domain), holds=True)


def _can_be(node: Condition, compiler: Compiler, *, holds: bool) -> pl.Expr:
    """Whether the condition can be true (`holds`), or can be false."""
    if isinstance(node, Not):
        return _can_be(node.part, compiler, holds=not holds)
    if isinstance(node, All | Any):
        parts = [_can_be(part, compiler, holds=holds) for part in node.parts]
        return pl.all_horizontal(parts) if isinstance(node, All) == holds else pl.any_horizontal(parts)
    if any(_is_open(part, compiler.domain) for part in walk(node)):
        return _of_payment(node, compiler.domain) if holds else _YES
    told = compiler.condition(node)
    return (told if holds else ~told).fill_null(value=False)


def _is_open(node: Node, domain: Domain) -> bool:
    """Whether more than the row says what it is: other rows, or screening."""
    if isinstance(node, Aggregate | Network | HasHit):
        return True
    hits = domain.hits
    return isinstance(node, FieldRef) and hits is not None and node.name in {hits.topics, hits.score}


def _of_payment(node: Condition, domain: Domain) -> pl.Expr:
    """A ring, chain or meeting of several payments needs one of the least amount, between two accounts."""
    match node:
        case Compare(Network(least=least), ">=" | ">" as op, Constant(float(value))) if domain.payments is not None:
            above = value > _ALONE if op == ">=" else value >= _ALONE
            facet = domain.payments
            is_payment = (pl.col(facet.amount) >= least).fill_null(value=False) & pl.col(facet.other).is_not_null()
            return is_payment if above else _YES
    return _YES
